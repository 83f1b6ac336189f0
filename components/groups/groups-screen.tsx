'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { type Column, PlainTable } from '@/components/table/plain-table'
import { buttonStyle } from '@/components/ui/button-style'
import { Panel } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { StateText } from '@/components/ui/state-mark'
import { groupsQuery } from '@/lib/queries/groups'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { GroupLine } from '@/lib/views/groups'
import { driftText, ReadinessText, WorstExposure } from './group-words'

const COLUMNS: readonly Column<GroupLine>[] = [
  {
    header: 'Group',
    cell: ({ name, cloud }) => (
      <>
        <Link href={`/groups/${encodeURIComponent(name)}`} className="underline underline-offset-3">
          {name}
        </Link>
        <span className="block text-sm font-normal text-faint">{cloud}</span>
      </>
    ),
  },
  {
    header: 'Readiness',
    cell: (line) => (
      <>
        <ReadinessText readiness={line.readiness} />
        <span className="block max-w-72 text-sm text-dim">{line.why}</span>
      </>
    ),
  },
  {
    header: 'Members',
    cell: ({ servers, volumes }) => (
      <span className="whitespace-nowrap">
        {countOf(servers, 'server')}, {countOf(volumes, 'volume')}
      </span>
    ),
  },
  {
    header: 'Worst exposure',
    cell: (line) => (
      <>
        <WorstExposure worst={line.worst} />
        <span className="block text-sm whitespace-nowrap text-faint">
          {line.rpoSec === null ? 'RPO of types and pools' : `RPO ${durationText(line.rpoSec)}`}
        </span>
      </>
    ),
  },
  {
    header: 'Drift',
    cell: ({ drift, conflicts }) => (
      <>
        {conflicts > 0 && <StateText tone="bad">{countOf(conflicts, 'member')} in two groups</StateText>}
        {drift !== null && <StateText tone="behind">{driftText(drift)}</StateText>}
        {conflicts === 0 && drift === null && <span className="text-faint">none</span>}
      </>
    ),
  },
  { header: 'Priority', align: 'right', cell: ({ priority }) => priority },
]

/** What moves together, and whether it could now. */
export function GroupsScreen() {
  const query = useQuery(groupsQuery())
  return (
    <Loaded query={query} what="the list of groups">
      {({ groups, clouds, stale }) => (
        <>
          {stale.length > 0 && (
            <Notice tone="unknown" title={`Volumes and servers of ${stale.join(' and ')} are not read now`}>
              Who is in a group is as last read. What their copies hold is read from Ceph, as ever.
            </Notice>
          )}
          {clouds.length === 0 ? (
            <Empty title="No cloud is configured">
              Groups are made of volumes and servers of OpenStack: name the cloud of a site in{' '}
              <code>antipode.yaml</code>, under <code>openstack</code>.
            </Empty>
          ) : groups.length === 0 ? (
            <Empty title="No group yet">
              <p>A group is what moves together: its members by rule or by hand, its RPO and its boot order.</p>
              <Link href="/groups/new" className={`${buttonStyle('action')} mt-3`}>
                Make a group
              </Link>
            </Empty>
          ) : (
            <Panel>
              <PlainTable label="Groups" columns={COLUMNS} rows={groups} rowKey={({ id }) => id} />
            </Panel>
          )}
        </>
      )}
    </Loaded>
  )
}
