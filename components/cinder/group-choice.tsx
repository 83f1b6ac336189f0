'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ReadinessText } from '@/components/groups/group-words'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { groupQuery } from '@/lib/queries/groups'
import { countOf } from '@/lib/views/count-text'
import { useCinderDraft } from './draft'
import { useBackends } from './use-backends'

/** The group that is to move. Its backend is chosen with it where there is one way to go. */
export function GroupChoice({ name }: { readonly name: string }) {
  const query = useQuery(groupQuery(name))
  const backends = useBackends()
  const { draft, change } = useCinderDraft()
  const [host, ...more] = query.data?.backends ?? []
  const cloud = query.data?.line.cloud
  const found = backends.data?.backends.find((one) => one.cloud === cloud && one.host === host?.host)
  const [target, ...others] = found?.targets ?? []
  const only = more.length === 0 && others.length === 0 ? target?.name : undefined
  useEffect(() => {
    if (draft.host !== '' || found === undefined || only === undefined) return
    change({ cloud: found.cloud, host: found.host, target: only })
  }, [draft.host, found, only, change])
  return (
    <Card
      title={`Group ${name}`}
      aside={
        <Link href="/recover/cinder" className="underline underline-offset-3">
          the whole backend instead
        </Link>
      }
    >
      <Loaded query={query} what={`group ${name}`}>
        {({ line }) => (
          <>
            <p>
              <ReadinessText readiness={line.readiness} /> · {countOf(line.servers, 'server')},{' '}
              {countOf(line.volumes, 'volume')}
            </p>
            <p className="mt-1 text-dim">
              {line.why}. It is found afresh at the look, and its boot order and gates are part of the plan.
            </p>
          </>
        )}
      </Loaded>
    </Card>
  )
}
