import { StateText } from '@/components/ui/state-mark'
import type { RunRow } from '@/lib/views/runs'
import { runWords } from './run-words'

/** `◐ running`, with the mark of the state. */
export function RunState({ run }: { readonly run: Pick<RunRow, 'state' | 'wish'> }) {
  const { tone, text } = runWords(run.state, run.wish)
  if (tone !== 'none') return <StateText tone={tone}>{text}</StateText>
  return (
    <span className="inline-flex items-baseline gap-1 text-dim">
      <span aria-hidden className="w-[1.1em] text-center">
        –
      </span>
      {text}
    </span>
  )
}
