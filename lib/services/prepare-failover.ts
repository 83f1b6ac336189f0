import type { PlanOptions } from '@/lib/domain/plan'
import type { Grade } from '@/lib/domain/verdict-words'
import { pairOf, type SiteName } from '@/lib/domain/words'
import { type Candidate, type Prepared, preparePlannedFailover } from '@/lib/procedures/prepare'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import type { FailoverIntent } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { heldNow, type StoredHeld } from './held-now'

type Row = Pick<
  ImagesTable,
  | 'id'
  | 'pool'
  | 'namespace'
  | 'name'
  | 'global_id'
  | 'mode'
  | 'primary_site'
  | 'verdict_text'
  | 'objective_sec'
  | 'held_until_at'
  | 'held_grade'
  | 'held_text'
  | 'caught_up'
  | 'parent_pool'
  | 'parent_name'
>

/** What a planned failover of this choice would find, lose and run: fresh looks at both sides, nothing changed. */
export async function prepareFailover(intent: FailoverIntent, context: ServiceContext): Promise<Prepared> {
  const { from, to } = intent
  for (const site of [from, to]) {
    if (!context.sites.includes(site))
      throw new ServiceError('invalid', `There is no site ${site}; the sites are ${context.sites.join(', ')}.`)
  }
  if (from === to) throw new ServiceError('invalid', `${from} cannot be failed over to itself.`)
  const all = await rowsOf(context.store, from, to)
  const left = new Set(intent.leaveOut)
  const wanted = chosenRows(all, intent).filter(({ id }) => !left.has(id))
  const strangers = wanted.filter(({ primary_site }) => primary_site !== from)
  const movable = wanted.filter(({ primary_site }) => primary_site === from)
  const { stored, skewMs } = await storedHeld(context.store, from, movable)
  const prepared = await preparePlannedFailover(
    {
      from,
      to,
      options: intent.options satisfies PlanOptions,
      candidates: movable.map((row) => candidate(row)),
      childrenOutside: childrenOutside(all, movable, from),
      primariesByPool: primariesByPool(all, from),
    },
    {
      clock: context.clock,
      mirror: context.mirror,
      held: async ({ key }, atFrom, atTo) => heldNow(stored.get(key) ?? NOT_HELD, atFrom, atTo, skewMs),
    },
  )
  const aside = strangers.map(({ id, pool, name, verdict_text }) => ({
    key: id,
    name: `${pool}/${name}`,
    reason: `not primary at ${from} alone: ${verdict_text}`,
  }))
  return { ...prepared, ledger: { ...prepared.ledger, setAside: [...prepared.ledger.setAside, ...aside] } }
}

const NOT_HELD: StoredHeld = { heldUntilAt: null, grade: 'unknown', text: 'nothing is known to be held' }

async function rowsOf(store: Store, from: SiteName, to: SiteName): Promise<readonly Row[]> {
  return store
    .selectFrom('images')
    .select(['id', 'pool', 'namespace', 'name', 'global_id', 'mode', 'primary_site', 'verdict_text', 'objective_sec'])
    .select(['held_until_at', 'held_grade', 'held_text', 'caught_up', 'parent_pool', 'parent_name'])
    .where('pair', '=', pairOf(from, to))
    .orderBy('id')
    .execute()
}

/** An image that is named and not there is said, never left out in silence. */
function chosenRows(all: readonly Row[], { select, from }: FailoverIntent): readonly Row[] {
  if (select.kind === 'site') return all.filter(({ primary_site }) => primary_site === from)
  if (select.kind === 'pools') {
    const missing = select.pools.find((pool) => !all.some((row) => row.pool === pool))
    if (missing !== undefined)
      throw new ServiceError('missing', `No mirrored image of pool ${missing} is known between these sites.`)
    return all.filter(({ pool, primary_site }) => select.pools.includes(pool) && primary_site === from)
  }
  const byId = new Map(all.map((row) => [row.id, row]))
  return [...new Set(select.ids)].map((id) => {
    const row = byId.get(id)
    if (row === undefined)
      throw new ServiceError('missing', `The image ${id} is not known between these sites: look at the list again.`)
    return row
  })
}

const candidate = (row: Row): Candidate => ({
  key: row.id,
  image: { pool: row.pool, namespace: row.namespace, name: row.name },
  globalId: row.global_id,
  objectiveSec: row.objective_sec,
})

function childrenOutside(
  all: readonly Row[],
  chosen: readonly Row[],
  from: SiteName,
): ReadonlyMap<string, readonly string[]> {
  const inside = new Set(chosen.map(({ id }) => id))
  const children = new Map<string, string[]>()
  for (const row of all) {
    if (row.parent_name === null || row.parent_pool === null || inside.has(row.id) || row.primary_site !== from)
      continue
    const parent = `${row.parent_pool}/${row.parent_name}`
    children.set(parent, [...(children.get(parent) ?? []), `${row.pool}/${row.name}`])
  }
  return children
}

function primariesByPool(all: readonly Row[], from: SiteName): ReadonlyMap<string, number> {
  const count = new Map<string, number>()
  for (const { pool, mode, primary_site } of all) {
    if (mode === 'snapshot' && primary_site === from) count.set(pool, (count.get(pool) ?? 0) + 1)
  }
  return count
}

async function storedHeld(store: Store, from: SiteName, rows: readonly Row[]) {
  const [site, pools] = await Promise.all([
    store.selectFrom('sites').select(['clock_skew_ms', 'clock_bound_ms']).where('name', '=', from).executeTakeFirst(),
    store.selectFrom('pool_readings').select(['pool', 'sampled_at']).where('site', '=', from).execute(),
  ])
  const sampledAt = new Map(pools.map(({ pool, sampled_at }) => [pool, sampled_at]))
  const stored = new Map(
    rows.map((row): [string, StoredHeld] => [
      row.id,
      {
        heldUntilAt: row.caught_up === 1 ? (sampledAt.get(row.pool) ?? row.held_until_at) : row.held_until_at,
        grade: row.held_grade as Grade,
        text: row.held_text,
      },
    ]),
  )
  // Taking the bound off as well makes the point held earlier, the claim of loss larger: the safe side.
  return { stored, skewMs: (site?.clock_skew_ms ?? 0) + (site?.clock_bound_ms ?? 0) }
}
