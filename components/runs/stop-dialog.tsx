'use client'

import { Dialog } from '@/components/ui/dialog'
import { StateMark } from '@/components/ui/state-mark'
import type { RunDetail } from '@/lib/views/runs'
import { ReasonForm } from './reason-form'
import { consequences } from './stop-consequences'
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
