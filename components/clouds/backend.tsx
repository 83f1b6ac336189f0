import { asLastRead, FactList } from '@/components/sites/fact-list'
import { Fact, Facts } from '@/components/ui/facts'
import { StateText } from '@/components/ui/state-mark'
import type { BackendView } from '@/lib/views/cloud'
import { countText } from '@/lib/views/count-text'
import { Ghosts, SpoiledVolumes } from './endangered'

interface BackendProps {
  readonly backend: BackendView
  readonly tenants: Readonly<Record<string, string>>
  readonly freshness: 'fresh' | 'stale'
}

/** One backend: where it is, what stands in its way, what must hold. */
export function Backend({ backend, tenants, freshness }: BackendProps) {
  const { service, place, facts } = backend
  const shown = freshness === 'fresh' ? facts : facts.map(asLastRead)
  const passed = shown.filter(({ state }) => state === 'pass').length
  return (
    <section aria-label={service.host} className="flex flex-col gap-4 py-5 first:pt-0 last:pb-0">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-mono text-base font-semibold">{service.host}</h3>
        <StateText tone={place.failedOverTo === null ? 'ok' : 'behind'}>{place.text}</StateText>
      </header>
      {backend.notes.length > 0 && (
        <ul className="flex flex-col gap-1">
          {backend.notes.map(({ kind, severity, text }) => (
            <li key={kind}>
              <StateText tone={severity}>{text}</StateText>
            </li>
          ))}
        </ul>
      )}
      <Ghosts backend={backend} tenants={tenants} />
      <SpoiledVolumes backend={backend} tenants={tenants} />
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <BackendFacts backend={backend} />
        <div>
          <p className="mb-3 flex items-baseline justify-between gap-4 text-sm text-faint">
            <span>What its replication needs</span>
            <span>
              {passed} of {shown.length} pass
            </span>
          </p>
          <FactList facts={shown} />
        </div>
      </div>
    </section>
  )
}

function BackendFacts({ backend }: { readonly backend: BackendView }) {
  const { service, place, pools, poolsAre, volumes, taken } = backend
  return (
    <Facts>
      <Fact label="Written at">
        {place.active ?? <StateText tone="unknown">not known</StateText>}
        {place.active === place.first && <span className="text-faint"> · first site</span>}
      </Fact>
      <Fact label="Replication status">
        <span className="font-mono text-sm">{service.replicationStatus}</span>
      </Fact>
      <Fact label="Service">
        {service.state} · {service.status}
        {service.disabledReason !== '' && <span className="text-faint"> ({service.disabledReason})</span>}
        {service.frozen && ' · frozen'}
      </Fact>
      <Fact label="Targets">
        {place.targets.length === 0 ? (
          <StateText tone="unknown">none known</StateText>
        ) : (
          place.targets.map(({ name, site, by }) => (
            <span key={name} className="block">
              <span className="font-mono text-sm">{name}</span> is{' '}
              {site ?? <span className="text-unknown">◌ not known</span>}
              <span className="text-faint">{by === 'only other site' ? ', the only other site' : ''}</span>
            </span>
          ))
        )}
      </Fact>
      <Fact label="Volumes">
        {countText(volumes)}
        <span className="text-faint"> · {countText(taken)} taken along by a failover</span>
      </Fact>
      {pools.map(({ name, location, freeGb, totalGb }) => (
        <Fact key={name} label={<span className="font-mono text-sm">{name.split('#')[1] ?? name}</span>}>
          {location === null ? 'not RBD' : `pool ${location.pool} as client.${location.user}`}
          <span className="block text-sm text-faint">
            {freeGb === null || totalGb === null
              ? 'room not told'
              : `${countText(Math.floor(freeGb))} of ${countText(Math.floor(totalGb))} GB free`}
            {poolsAre === 'remembered' && ', when last listed'}
          </span>
        </Fact>
      ))}
      {poolsAre === 'none' && (
        <Fact label="Pools">
          <StateText tone="unknown">the scheduler lists none</StateText>
        </Fact>
      )}
    </Facts>
  )
}
