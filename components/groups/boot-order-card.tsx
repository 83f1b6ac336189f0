import { Card } from '@/components/ui/card'
import { gateText } from '@/lib/domain/gate-words'
import type { GroupSpec } from '@/lib/domain/group'
import { matchText } from '@/lib/domain/group-words'

/** The stages in which servers come up, and what is waited for after each. They are stopped the other way round. */
export function BootOrderCard({ spec: { stages } }: { readonly spec: GroupSpec }) {
  return (
    <Card title="Boot order" aside="stopped the other way round">
      {stages.length === 0 ? (
        <p className="text-dim">
          No stages: servers start by <code>antipode:boot-order</code> of their metadata, and those without it first.
        </p>
      ) : (
        <ol className="flex flex-col gap-3">
          {stages.map(({ match, gates }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place
            <li key={at} className="flex gap-3">
              <span className="w-5 shrink-0 text-right text-faint">{at + 1}</span>
              <div className="min-w-0">
                <p className="break-words">{match.map(matchText).join(' or ')}</p>
                <p className="text-sm break-words text-dim">then: {['ACTIVE', ...gates.map(gateText)].join(', ')}</p>
              </div>
            </li>
          ))}
          <li className="flex gap-3">
            <span className="w-5 shrink-0 text-right text-faint">{stages.length + 1}</span>
            <p className="text-dim">every other server of the group</p>
          </li>
        </ol>
      )}
    </Card>
  )
}
