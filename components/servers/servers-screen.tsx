'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { SearchBox } from '@/components/images/search-box'
import { Age } from '@/components/live/age'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ToggleChip } from '@/components/ui/toggle-chip'
import { serversQuery } from '@/lib/queries/servers'
import { shellQuery } from '@/lib/queries/shell'
import { countOf } from '@/lib/views/count-text'
import type { ServersPage } from '@/lib/views/servers'
import { ServersTable } from './servers-table'

const URL_STATE = {
  by: parseAsStringLiteral(['server', 'tenant'] as const).withDefault('server'),
  q: parseAsString.withDefault(''),
}

/** How exposed servers and tenants are, worst first. */
export function ServersScreen() {
  const [list, setList] = useQueryStates(URL_STATE, { history: 'replace', shallow: true, scroll: false })
  const { data } = useQuery(serversQuery(list, 0))
  const { data: shell } = useQuery(shellQuery())
  if (shell?.clouds.length === 0) {
    return (
      <Empty title="No cloud is configured">
        Servers and tenants are read from OpenStack: name the cloud of a site in <code>antipode.yaml</code>, under{' '}
        <code>openstack</code>.
      </Empty>
    )
  }
  return (
    <>
      <search className="flex flex-wrap items-center gap-2">
        <SearchBox
          text={list.q}
          onSearch={(q) => void setList({ q })}
          label="Search servers"
          hint="Server, tenant or id"
        />
        {(['server', 'tenant'] as const).map((by) => (
          <ToggleChip key={by} tone="none" pressed={list.by === by} count={null} onToggle={() => void setList({ by })}>
            by {by}
          </ToggleChip>
        ))}
        <span role="status" className="ml-auto text-sm text-faint">
          {data === undefined ? 'reading …' : countOf(data.total, list.by)}
          {data?.readAt != null && (
            <>
              {' '}
              · read <Age at={data.readAt} /> ago
            </>
          )}
        </span>
      </search>
      {data !== undefined && <Stale page={data} />}
      <ServersTable list={list} onClear={() => void setList({ q: '' })} />
    </>
  )
}

function Stale({ page }: { readonly page: ServersPage }) {
  if (page.stale.length === 0) return null
  return (
    <Notice tone="unknown" title={`Servers and volumes of ${page.stale.join(' and ')} are not read now`}>
      Which volumes belong to which server is as last read. What their copies hold is read from Ceph, as ever.
    </Notice>
  )
}
