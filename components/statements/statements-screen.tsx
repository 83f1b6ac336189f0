'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { SkeletonLines } from '@/components/ui/skeleton'
import { may } from '@/lib/domain/actor'
import { shellQuery } from '@/lib/queries/shell'
import { statementsQuery } from '@/lib/queries/statements'
import { countOf } from '@/lib/views/count-text'
import type { StatementsView } from '@/lib/views/statements'
import { OpenButton } from './open-button'
import { OutageCard } from './outage-card'
import { SuspendForm } from './suspend-form'
import { SuspensionCard } from './suspension-card'
import { AcknowledgeForm } from './word-forms'

/** What operators have said of links and sites: what holds now, and what was. */
export function StatementsScreen() {
  const query = useQuery(statementsQuery())
  return (
    <Loaded
      query={query}
      what="suspensions and outages"
      skeleton={<SkeletonLines lines={6} label="Reading suspensions and outages" />}
    >
      {(view) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Suspensions view={view} />
          <Outages view={view} />
        </div>
      )}
    </Loaded>
  )
}

function Suspensions({ view }: { readonly view: StatementsView }) {
  const asked = useSearchParams().get('new')
  const refusal = may(view.role, 'replication:suspend') ? null : 'Only an operator may suspend replication'
  const none = view.pairs.length === 0 ? 'No pool is mirrored between two of these sites yet' : null
  const open = view.suspensions.filter(({ closed }) => closed === null)
  const past = view.suspensions.filter(({ closed }) => closed !== null)
  return (
    <Card
      title="Planned suspensions of replication"
      aside={
        <OpenButton
          text="Suspend replication…"
          title="Suspend replication"
          kind="action"
          refusal={refusal ?? none}
          initially={asked === 'suspension' ? 'open' : 'closed'}
        >
          {(close) => <SuspendForm view={view} onClose={close} />}
        </OpenButton>
      }
    >
      <p className="mb-2 text-dim">
        For a maintenance of the link: lag falls silent for as long, and nothing else does. It changes nothing at the
        clusters.
      </p>
      {open.length === 0 && <p className="py-2">None holds or is planned.</p>}
      <List label="Open suspensions">
        {open.map((one) => (
          <SuspensionCard key={one.id} one={one} refusal={refusal} />
        ))}
      </List>
      <Past count={past.length} what="suspension">
        {past.map((one) => (
          <SuspensionCard key={one.id} one={one} refusal={refusal} />
        ))}
      </Past>
    </Card>
  )
}

function Outages({ view }: { readonly view: StatementsView }) {
  const asked = useSearchParams().get('acknowledge')
  const { data: shell } = useQuery(shellQuery())
  const refusal = may(view.role, 'outage:acknowledge') ? null : 'Only an operator may acknowledge an outage'
  const open = view.outages.filter(({ closed }) => closed === null)
  const past = view.outages.filter(({ closed }) => closed !== null)
  const silent = (shell?.sites ?? []).filter(
    ({ name, state }) => state === 'silent' && !open.some(({ site }) => site === name),
  )
  return (
    <Card title="Acknowledged outages">
      <p className="mb-2 text-dim">
        A silent site that is waited for instead of being failed over: the clock runs on, and once it is back it is
        looked at, image by image, whether replication has gone on.
      </p>
      {silent.map(({ name }) => (
        <p key={name} className="flex flex-wrap items-baseline justify-between gap-3 py-2">
          <span>{name} does not answer, and nobody has said that it is waited for.</span>
          <OpenButton
            text="Acknowledge…"
            label={`Acknowledge the outage of ${name}`}
            title={`Acknowledge the outage of ${name}`}
            kind="action"
            refusal={refusal}
            initially={asked === name ? 'open' : 'closed'}
          >
            {(close) => <AcknowledgeForm site={name} onClose={close} />}
          </OpenButton>
        </p>
      ))}
      {silent.length === 0 && open.length === 0 && <p className="py-2">No site is silent, and none is being proven.</p>}
      <List label="Open outages">
        {open.map((one) => (
          <OutageCard key={one.id} one={one} refusal={refusal} />
        ))}
      </List>
      <Past count={past.length} what="outage">
        {past.map((one) => (
          <OutageCard key={one.id} one={one} refusal={refusal} />
        ))}
      </Past>
    </Card>
  )
}

function List({ label, children }: { readonly label: string; readonly children: readonly React.ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section aria-label={label} className="divide-y divide-line">
      {children}
    </section>
  )
}

interface PastProps {
  readonly count: number
  readonly what: string
  readonly children: readonly React.ReactNode[]
}

function Past({ count, what, children }: PastProps) {
  if (count === 0) return null
  return (
    <details className="mt-2 border-t border-line pt-3">
      <summary className="w-fit text-dim hover:text-ink">Past: {countOf(count, what)}</summary>
      <List label={`Past ${what}s`}>{children}</List>
    </details>
  )
}
