'use client'

import { Age } from '@/components/live/age'
import { WorstCell } from '@/components/servers/worst-cell'
import type { Column } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { MARK_WORDS } from '@/lib/domain/group'
import type { GroupMembersPage } from '@/lib/views/groups'
import { shortId } from '@/lib/views/short-id'

export type MemberRow = GroupMembersPage['rows'][number]

export const memberKey = ({ kind, id }: MemberRow): string => `${kind} ${id}`

/** `stages`: how many the group has. */
export const memberColumns = (stages: number): readonly Column<MemberRow>[] => [
  {
    header: 'Member',
    cell: ({ kind, id, name }) => (
      <>
        <Link
          href={
            kind === 'server'
              ? `/servers?${new URLSearchParams({ q: id })}`
              : `/images?${new URLSearchParams({ q: id })}`
          }
          className="hover:underline"
          title={id}
        >
          {name === '' ? <span className="font-mono text-sm">{shortId(id, 20)}</span> : name}
        </Link>
        <span className="block text-sm font-normal text-faint">{kind}</span>
      </>
    ),
  },
  { header: 'Found by', cell: ({ why }) => <span className="break-words text-dim">{why}</span> },
  {
    header: 'Exposure',
    cell: ({ standing, kind }) =>
      standing === null ? (
        <span className="text-faint">{kind === 'server' ? 'by its volumes' : '–'}</span>
      ) : (
        <WorstCell worst={standing} />
      ),
  },
  {
    header: 'Stage and mark',
    cell: ({ stage, mark }) => (
      <>
        {stage !== null && stages > 0 && (stage < stages ? `stage ${stage + 1}` : 'after all stages')}
        {mark !== null && <span className="block text-dim">{MARK_WORDS[mark]}</span>}
      </>
    ),
  },
  {
    header: 'Since',
    align: 'right',
    cell: ({ state, since }) =>
      state === 'accepted' ? (
        <span className="text-faint">accepted</span>
      ) : (
        <StateText tone="behind">
          {state} <Age at={since} /> ago
        </StateText>
      ),
  },
]
