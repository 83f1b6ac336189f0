'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Loaded } from '@/components/live/loaded'
import { PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import type { GroupSpec } from '@/lib/domain/group'
import { groupMembersQuery } from '@/lib/queries/groups'
import { countText } from '@/lib/views/count-text'
import { MEMBERS_SHOWN } from '@/lib/views/groups'
import { memberColumns, memberKey } from './member-rows'

/** Who is in the group and why, a page at a time. */
export function GroupMembers({ name, spec }: { readonly name: string; readonly spec: GroupSpec }) {
  const [offset, setOffset] = useState(0)
  const query = useQuery({ ...groupMembersQuery(name, { offset, show: 'all' }), placeholderData: keepPreviousData })
  const columns = useMemo(() => memberColumns(spec.stages.length), [spec.stages.length])
  return (
    <Card title="Members" aside="what is attached moves together">
      <Loaded query={query} what="the members">
        {({ rows, total }) =>
          total === 0 ? (
            <Empty title="Nothing is in the group">No rule finds a volume or a server now.</Empty>
          ) : (
            <>
              <PlainTable label="Members" columns={columns} rows={rows} rowKey={memberKey} />
              <Pager offset={offset} size={MEMBERS_SHOWN} total={total} onGo={setOffset} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

interface PagerProps {
  readonly offset: number
  readonly size: number
  readonly total: number
  readonly onGo: (offset: number) => void
}

/** Nothing where all is on one page. */
export function Pager({ offset, size, total, onGo }: PagerProps) {
  if (total <= size) return null
  const last = Math.min(offset + size, total)
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2 text-sm text-dim">
      {countText(offset + 1)} to {countText(last)} of {countText(total)}
      <Button
        size="small"
        refusal={offset === 0 ? 'This is the first page' : null}
        onClick={() => onGo(Math.max(0, offset - size))}
      >
        Before
      </Button>
      <Button size="small" refusal={last >= total ? 'This is the last page' : null} onClick={() => onGo(offset + size)}>
        Next
      </Button>
    </nav>
  )
}
