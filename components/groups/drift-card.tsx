'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { useSaving } from '@/components/status/use-saving'
import { PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { acceptDriftAction } from '@/lib/actions/groups'
import { groupMembersQuery } from '@/lib/queries/groups'
import { countText } from '@/lib/views/count-text'
import type { GroupLine } from '@/lib/views/groups'
import { driftText } from './group-words'
import { memberColumns, memberKey } from './member-rows'

interface DriftCardProps {
  readonly name: string
  readonly id: string
  readonly drift: NonNullable<GroupLine['drift']>
}

const COLUMNS = memberColumns(0)

/** Who joined and who left since somebody last accepted the members. */
export function DriftCard({ name, id, drift }: DriftCardProps) {
  const query = useQuery(groupMembersQuery(name, { offset: 0, show: 'drift' }))
  const { saving, failure, save } = useSaving('groups')
  const seenAt = query.data?.now
  return (
    <Card title="Drift" aside={`${driftText(drift)} since it was last accepted`}>
      <Loaded query={query} what="the drift">
        {({ rows, total }) => (
          <>
            <PlainTable label="Drift" columns={COLUMNS} rows={rows} rowKey={memberKey} />
            {total > rows.length && (
              <p className="mt-2 text-sm text-faint">
                and {countText(total - rows.length)} more, among the members below
              </p>
            )}
          </>
        )}
      </Loaded>
      {failure !== null && (
        <p role="alert" className="mt-3 text-bad">
          ✕ {failure}
        </p>
      )}
      <div className="mt-4 flex justify-end">
        <Button
          refusal={saving ? 'On its way' : seenAt === undefined ? 'It is being read' : null}
          onClick={() => void save(() => acceptDriftAction({ id, seenAt: seenAt ?? 0 }))}
        >
          Accept these members
        </Button>
      </div>
    </Card>
  )
}
