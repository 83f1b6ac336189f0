'use client'

import { Dialog } from '@/components/ui/dialog'
import { countOf } from '@/lib/views/count-text'
import type { RunDetail } from '@/lib/views/runs'
import { ReasonForm } from './reason-form'
import type { Commanding } from './use-command'

interface AsideDialogProps {
  readonly detail: RunDetail
  /** None: the dialog is closed. */
  readonly members: readonly number[]
  readonly command: Commanding
  readonly onClose: () => void
}

const LISTED = 6

/** Leaves members out of the rest of the run. A family that is not promoted goes as one, and that is said before. */
export function AsideDialog({ detail, members, command, onClose }: AsideDialogProps) {
  const chosen = detail.members.filter(({ idx }) => members.includes(idx))
  const names = chosen.map(({ name }) => name)
  const along = chosen.some(({ familySize }) => familySize > 1)
  const [only] = chosen
  const gates = chosen.length > 0 && chosen.every(({ kind }) => kind === 'gate')
  return (
    <Dialog
      open={members.length > 0}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={
        gates
          ? 'Go on without this gate?'
          : members.length === 1
            ? 'Set this one aside?'
            : `Set ${members.length} aside?`
      }
      description={
        gates
          ? 'Servers of the next boot order are started although it is not open. The run is then not complete, and says so.'
          : `It is left out of the rest of this run. What was demoted and not promoted is promoted back at ${detail.run.from}, where that is safe. The others go on.`
      }
    >
      <ul className="mb-3 font-mono text-sm break-all">
        {names.slice(0, LISTED).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {members.length > LISTED && (
          <li className="font-sans text-faint">and {members.length - Math.min(LISTED, names.length)} more</li>
        )}
      </ul>
      {along && (
        <p className="mb-4 text-dim">
          {chosen.length === 1 && only !== undefined
            ? `Its clone family goes along: ${countOf(only.familySize, 'member')} with it, as far as they are not promoted.`
            : 'Their clone families go along, as far as they are not promoted.'}{' '}
          Half a family at each site helps nobody.
        </p>
      )}
      <ReasonForm
        hint="Stands beside its name from then on, and in the audit trail"
        keep="Keep it in"
        go={{ label: gates ? 'Go on without it' : 'Set aside', kind: 'action' }}
        command={command}
        send={(reason) => command.send({ kind: 'set-aside', members: [...members], reason })}
        onClose={onClose}
      />
    </Dialog>
  )
}
