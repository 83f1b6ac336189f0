import { roleOf } from '@/lib/config/role'
import type { Runtime } from '@/lib/config/runtime'
import { may } from '@/lib/domain/actor'
import type { Store } from '@/lib/store/database'
import { openOutages } from '@/lib/store/outages'
import { openSuspensions } from '@/lib/store/suspensions'
import { filterText } from '@/lib/views/images-filter'
import type { StatusView } from '@/lib/views/status'
import { type Moment, readMoment } from './moment'
import { readPulses } from './shell'
import { type CountGroup, countSelections } from './status-counts'
import { flowsOf } from './status-flows'
import { readRecoveries } from './status-recoveries'
import { readSelections, type Selection } from './status-selections'

/** What the status page shows. Filters, pools, images and hosts stay on this side. */
export async function readStatus(store: Store, config: Runtime, now: number): Promise<StatusView> {
  const [moment, sites, selections, suspensions, outages] = await Promise.all([
    readMoment(store, config, now),
    readPulses(store, config),
    readSelections(store, now),
    openSuspensions(store),
    openOutages(store),
  ])
  const waited = outages.map(({ site, acknowledgedAt, expectedAt, returnedAt }) => ({
    ...{ site, decidedAt: acknowledgedAt, expectedAt, returnedAt },
  }))
  const filters = selections.map(({ filter }) => filter)
  const [counts, recoveries] = await Promise.all([
    countOnce(store, selections, moment),
    readRecoveries(store, filters, moment, config.objectives.rto),
  ])
  return {
    now,
    name: config.name,
    demo: config.demo,
    mayEdit: may(roleOf(), 'status:edit'),
    // An error of a site is for operators: it names hosts and commands.
    sites: sites.map((site) => ({ ...site, error: '' })),
    services: selections.map(({ filter: _, ...selection }, index) => ({
      ...selection,
      flows: flowsOf(counts[index] ?? [], moment, suspensions),
      waited,
      recovery: recoveries[index] ?? null,
    })),
  }
}

interface Counted {
  readonly key: string
  readonly at: number
  readonly counts: Promise<readonly (readonly CountGroup[])[]>
}

const KEY = Symbol.for('antipode.status-counts')
const shared = globalThis as { [KEY]?: WeakMap<Store, Counted> }

/** One pass over 100,000 images costs 0.15 s: however many look at the page, it is made once in so long. */
const KEPT_MS = 3_000

/** What is counted are points in time, so they count on meanwhile; the age of the readings is asked for anew each time. */
function countOnce(store: Store, selections: readonly Selection[], moment: Moment): Counted['counts'] {
  if (selections.length === 0) return Promise.resolve([])
  shared[KEY] ??= new WeakMap()
  const key = JSON.stringify([moment.stale, moment.dark, selections.map(({ id, filter }) => [id, filterText(filter)])])
  const known = shared[KEY].get(store)
  if (known?.key === key && moment.now >= known.at && moment.now - known.at < KEPT_MS) return known.counts
  const counts = countSelections(
    store,
    selections.map(({ filter }) => filter),
    moment,
  )
  shared[KEY].set(store, { key, at: moment.now, counts })
  // A failure is told to who asked, and not kept for the next one.
  counts.catch(() => shared[KEY]?.delete(store))
  return counts
}
