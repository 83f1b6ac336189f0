'use client'

import { Dialog } from '@/components/ui/dialog'
import { StateMark, type Tone } from '@/components/ui/state-mark'
import { countOf } from '@/lib/views/count-text'
import type { RunDetail } from '@/lib/views/runs'
import { ReasonForm } from './reason-form'
import type { Commanding } from './use-command'

interface StopDialogProps {
  readonly detail: RunDetail
  readonly command: Commanding
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Says what a stop takes back and what it leaves, before it is asked for. It needs a reason, and cannot be taken back. */
export function StopDialog({ detail, command, open, onOpenChange }: StopDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Stop this run?"
      description="Nothing more is started. What is under way is waited for, then this happens. It cannot be taken back."
    >
      <ul className="mb-5 flex flex-col gap-2.5">
        {consequences(detail).map(({ tone, text }) => (
          <li key={text} className="flex gap-2">
            <StateMark tone={tone} className="mt-px shrink-0" />
            {tone === 'none' && (
              <span aria-hidden className="w-[1.1em] shrink-0 text-center text-faint">
                –
              </span>
            )}
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <ReasonForm
        hint="Goes into the audit trail"
        keep="Let it run"
        go={{ label: 'Stop the run', kind: 'danger' }}
        command={command}
        send={(reason) => command.send({ kind: 'stop', reason })}
        onClose={() => onOpenChange(false)}
      />
    </Dialog>
  )
}

function consequences({ run, standing, ledger }: RunDetail): readonly { readonly tone: Tone; readonly text: string }[] {
  const { untouched, demoted, promoted, stranded, inDoubt } = standing
  const are = (count: number) => (count === 1 ? 'is' : 'are')
  return [
    ...(inDoubt > 0
      ? [
          {
            tone: 'unknown' as const,
            text: `${countOf(inDoubt, 'image')} ${are(inDoubt)} being acted on or in doubt: the stop waits until each outcome is known.`,
          },
        ]
      : []),
    ...(demoted > 0
      ? [
          {
            tone: 'behind' as const,
            text: `${countOf(demoted, 'image')} ${are(demoted)} demoted and not promoted at ${run.to}: promoted back at ${run.from}, without force, where that is safe.`,
          },
        ]
      : []),
    ...(stranded > 0
      ? [
          {
            tone: 'bad' as const,
            text: `${countOf(stranded, 'image')} could not be promoted back: primary nowhere, and left so. Look at both copies by hand.`,
          },
        ]
      : []),
    ...(promoted > 0
      ? [
          {
            tone: 'ok' as const,
            text: `${countOf(promoted, 'image')} ${are(promoted)} promoted at ${run.to}, by proof: they stay there. What comes after the promotion (schedule, first snapshot, the way back) may be left unfinished.`,
          },
        ]
      : []),
    ...(untouched > 0
      ? [
          {
            tone: 'none' as const,
            text: `${countOf(untouched, 'image')} not demoted: primary at ${run.from}, and left so.`,
          },
        ]
      : []),
    {
      tone: 'none',
      text:
        run.options.clients === 'evict'
          ? 'Clients that were evicted stay on the blocklist for an hour. Mirror snapshots that were taken stay.'
          : 'Mirror snapshots that were taken stay: they do no harm.',
    },
    ...(ledger.setAsideTotal > 0
      ? [{ tone: 'none' as const, text: 'What was set aside before the start is not touched.' }]
      : []),
  ]
}
