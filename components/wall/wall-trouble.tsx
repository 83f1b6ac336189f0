import { StateMark } from '@/components/ui/state-mark'
import type { Attention } from '@/lib/domain/summary'
import { noteText } from '@/lib/views/note-text'
import { Since } from './since'
import { WallColumn, WallNothing } from './wall-column'

const TONES = { critical: 'bad', warning: 'behind', unknown: 'unknown', suspended: 'suspended' } as const
const WORDS = { critical: 'Critical', warning: 'Warning', unknown: 'Unknown', suspended: 'Suspended' } as const
const SHOWN = 4

interface WallTroubleProps {
  readonly attention: readonly Attention[] | null
  readonly now: number
}

/** What is wrong, worst first, each with its beginning. */
export function WallTrouble({ attention, now }: WallTroubleProps) {
  if (attention === null) {
    return (
      <WallColumn title="What is wrong">
        <WallNothing>Not known yet: no site has been read.</WallNothing>
      </WallColumn>
    )
  }
  const rest = attention.length - SHOWN
  return (
    <WallColumn title="What is wrong, worst first" more={rest > 0 ? `and ${rest} more` : ''}>
      {attention.length === 0 && <WallNothing>Nothing that has been seen.</WallNothing>}
      <ul className="flex flex-col gap-2.5">
        {attention.slice(0, SHOWN).map((item) => (
          <li key={item.key} className="flex gap-3 text-[1.75rem] leading-tight">
            <StateMark tone={TONES[item.severity]} className="shrink-0" />
            <p className="min-w-0">
              <span className="sr-only">{WORDS[item.severity]}: </span>
              <span className="block truncate font-semibold">{item.title}</span>
              {item.note === undefined ? (
                item.since !== null && <Since at={item.since} now={now} className="text-[1.5rem] text-dim" />
              ) : (
                <span className="block truncate text-[1.5rem] text-dim">{noteText(item.note, now)}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </WallColumn>
  )
}
