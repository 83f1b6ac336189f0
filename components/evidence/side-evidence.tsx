import { Moment } from '@/components/live/age'
import { Fact, Facts } from '@/components/ui/facts'
import { StateText } from '@/components/ui/state-mark'
import type { EvidenceSide } from '@/lib/views/evidence'
import { amountText } from './amount-text'

/** All that one side says of its copy. */
export function SideEvidence({ side, newer }: { readonly side: EvidenceSide; readonly newer: string | null }) {
  return (
    <section aria-label={`At ${side.site}`} className="min-w-0 rounded-lg border border-line bg-panel px-4 py-3">
      <h3 className="mb-2 flex flex-wrap items-baseline gap-2 font-semibold">
        {side.site}
        {newer === side.site && <span className="text-sm font-normal text-dim">written to last</span>}
      </h3>
      {side.role === null ? (
        <p>
          <StateText tone="unknown">not known: {side.trouble}</StateText>
        </p>
      ) : (
        <Facts>
          <Fact label="Role">{side.role}</Fact>
          <Fact label="Written since they parted">
            {amountText(side.amount)}
            <span className="block text-sm text-faint">{side.amount.text}</span>
          </Fact>
          <Fact label="Last written">
            {side.writtenAt === null ? 'not known' : <Moment at={side.writtenAt} />}
            <span className="block text-sm text-faint">{side.writtenText}</span>
          </Fact>
          {side.snapshotsSince !== null && <Fact label="Mirror snapshots since">{side.snapshotsSince}</Fact>}
          <Fact label="Held open by">
            {side.watchersTrouble !== ''
              ? `not known: ${side.watchersTrouble}`
              : side.watchers.length === 0
                ? 'nobody'
                : side.watchers.map((one) => (
                    <span key={one} className="block [overflow-wrap:anywhere]">
                      {one}
                    </span>
                  ))}
          </Fact>
          <Fact label="History">
            {side.history.map((line) => (
              <span key={line} className="block font-mono text-xs [overflow-wrap:anywhere]">
                {line}
              </span>
            ))}
          </Fact>
        </Facts>
      )}
    </section>
  )
}
