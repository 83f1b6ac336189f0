import { HOLLOWS } from '@/lib/domain/hollow'
import type { PlanOptions } from '@/lib/domain/plan'
import { isSingleVerb } from '@/lib/domain/single-verb'
import { pairOf, type SiteName, specText } from '@/lib/domain/words'
import type { HollowNames } from '@/lib/procedures/parent-looks'
import { preparePlannedFailover } from '@/lib/procedures/prepare'
import { prepareForcedFailover } from '@/lib/procedures/prepare-forced'
import type { Candidate, PrepareDeps, Prepared } from '@/lib/procedures/prepare-parts'
import { prepareReprotect } from '@/lib/procedures/prepare-reprotect'
import { prepareResync } from '@/lib/procedures/prepare-resync'
import { prepareSingleVerb } from '@/lib/procedures/prepare-single'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { keptApart } from '@/lib/store/stated'
import type { FailoverIntent } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { heldNow, type StoredHeld } from './held-now'
import { lostSite, roomAt, storedHeld } from './stored-site'

export type Row = Pick<
  ImagesTable,
  | 'id'
  | 'pool'
  | 'namespace'
  | 'name'
  | 'global_id'
  | 'mode'
  | 'primary_site'
  | 'verdict'
  | 'verdict_text'
  | 'objective_sec'
  | 'held_until_at'
  | 'held_grade'
  | 'held_text'
  | 'caught_up'
  | 'parent_pool'
  | 'parent_name'
  | 'changed_at'
  | 'cloned_copy'
  | 'hollow'
>

/** What this choice would find, lose and run: fresh looks at both sides, as far as they answer; nothing is changed. */
export async function prepareFailover(intent: FailoverIntent, context: ServiceContext): Promise<Prepared> {
  const { from, to, procedure } = intent
  for (const site of [from, to]) {
    if (!context.sites.includes(site))
      throw new ServiceError('invalid', `There is no site ${site}; the sites are ${context.sites.join(', ')}.`)
  }
  if (from === to) throw new ServiceError('invalid', `${from} cannot be failed over to itself.`)
  const all = await rowsOf(context.store, from, to)
  const left = new Set(intent.leaveOut)
  const wanted = chosenRows(all, intent).filter(({ id }) => !left.has(id))
  const options = intent.options satisfies PlanOptions
  if (procedure === 'reprotect') {
    // Two histories that are kept on purpose are given up only where the image itself is named.
    const apart = intent.select.kind === 'images' ? new Map<string, string>() : await keptApart(context.store)
    const given = wanted.filter(({ id }) => !apart.has(id))
    const chosen = new Set(wanted.map(({ id }) => id))
    const outside = all.filter(({ id, verdict }) => PARTED.includes(verdict) && !chosen.has(id))
    const input = {
      ...{ from, to, options, candidates: given.map(candidate) },
      childrenOutside: childrenOutside(all, wanted, null),
      parted: new Set(outside.map(({ pool, name }) => `${pool}/${name}`)),
      roomBytes: await roomAt(context.store, to),
    }
    const prepared = await prepareReprotect(input, { clock: context.clock, mirror: context.mirror })
    return withAside(
      prepared,
      wanted.filter(({ id }) => apart.has(id)),
      (row) => apart.get(row.id) ?? '',
    )
  }
  if (procedure === 'resync') {
    const seenAt = new Map(wanted.map(({ id, changed_at }) => [id, changed_at]))
    const apart = await keptApart(context.store)
    const input = { from, to, options, candidates: wanted.map(candidate), childrenOutside: new Map(), seenAt, apart }
    return prepareResync(input, { clock: context.clock, mirror: context.mirror })
  }
  const apart = await keptApart(context.store)
  const strangers = wanted.filter((row) => !leaves(row, intent) || apart.has(row.id))
  const movable = wanted.filter((row) => leaves(row, intent) && !apart.has(row.id))
  const { stored, skewMs } = await storedHeld(context.store, from, movable)
  const input = {
    ...{ from, to, options, candidates: movable.map(candidate) },
    childrenOutside: childrenOutside(all, movable, from),
    primariesByPool: primariesByPool(all, from),
    hollow: hollowNames(all),
  }
  const deps: PrepareDeps = {
    clock: context.clock,
    mirror: context.mirror,
    held: async ({ key }, atFrom, atTo) => heldNow(stored.get(key) ?? NOT_HELD, atFrom, atTo, skewMs),
  }
  const prepared =
    procedure === 'forced-failover'
      ? await prepareForcedFailover({ ...input, fence: intent.fence, ...(await lostSite(context.store, from)) }, deps)
      : isSingleVerb(procedure)
        ? await prepareSingleVerb(procedure, input, deps)
        : await preparePlannedFailover(input, deps)
  const why = ({ id, verdict_text }: Row) => apart.get(id) ?? `not primary at ${from} alone: ${verdict_text}`
  return withAside(prepared, strangers, why)
}

/** What was asked for and is not even looked at, with the reason. */
function withAside(prepared: Prepared, rows: readonly Row[], why: (row: Row) => string): Prepared {
  if (rows.length === 0) return prepared
  const aside = rows.map((row) => ({ key: row.id, name: `${row.pool}/${row.name}`, reason: why(row) }))
  return { ...prepared, ledger: { ...prepared.ledger, setAside: [...prepared.ledger.setAside, ...aside] } }
}

export const NOT_HELD: StoredHeld = { heldUntilAt: null, grade: 'unknown', text: 'nothing is known to be held' }

/** Every image between both sites, as the store knows it. */
export async function rowsOf(store: Store, from: SiteName, to: SiteName): Promise<readonly Row[]> {
  return store
    .selectFrom('images')
    .select(['id', 'pool', 'namespace', 'name', 'global_id', 'mode', 'primary_site', 'verdict_text', 'objective_sec'])
    .select([
      'held_until_at',
      'held_grade',
      'held_text',
      'caught_up',
      'parent_pool',
      'parent_name',
      'verdict',
      'changed_at',
      'cloned_copy',
      'hollow',
    ])
    .where('pair', '=', pairOf(from, to))
    .orderBy('id')
    .execute()
}

/** Two histories of one image: one copy has to be chosen. */
const PARTED: readonly string[] = ['two-primaries', 'split-brain']

/** Primary where it is taken from. A planned run that its site died under leaves some primary nowhere: force takes those too. */
const leaves = (row: Row, { from, procedure, select }: FailoverIntent): boolean => {
  // What is demoted was so a reading ago: of those that are named the fresh look decides.
  if (procedure === 'promote') return select.kind === 'images' || row.verdict === 'both-secondary'
  return row.primary_site === from || (procedure === 'forced-failover' && row.verdict === 'both-secondary')
}

/** What a pool or a site means where it is not what is primary there. */
const MENDS: Partial<Record<FailoverIntent['procedure'], (row: Row, intent: FailoverIntent) => boolean>> = {
  reprotect: ({ verdict }) => PARTED.includes(verdict),
  resync: ({ verdict, primary_site }, { from }) =>
    (verdict === 'split-brain' || verdict === 'hollow') && primary_site === from,
}

/** An image that is named and not there is said, never left out in silence. */
function chosenRows(all: readonly Row[], intent: FailoverIntent): readonly Row[] {
  const { select } = intent
  const moves = (row: Row) => (MENDS[intent.procedure] ?? leaves)(row, intent)
  if (select.kind === 'site') return all.filter(moves)
  if (select.kind === 'pools') {
    const missing = select.pools.find((pool) => !all.some((row) => row.pool === pool))
    if (missing !== undefined)
      throw new ServiceError('missing', `No mirrored image of pool ${missing} is known between these sites.`)
    return all.filter((row) => select.pools.includes(row.pool) && moves(row))
  }
  const byId = new Map(all.map((row) => [row.id, row]))
  return [...new Set(select.ids)].map((id) => {
    const row = byId.get(id)
    if (row === undefined)
      throw new ServiceError('missing', `The image ${id} is not known between these sites: look at the list again.`)
    return row
  })
}

export const candidate = (row: Row): Candidate => ({
  key: row.id,
  image: { pool: row.pool, namespace: row.namespace, name: row.name },
  globalId: row.global_id,
  objectiveSec: row.objective_sec,
  ...hollowOf(row),
})

function hollowOf({ cloned_copy: copyId, hollow }: Row): Pick<Candidate, 'hollow'> {
  const known = HOLLOWS.find((one) => one === hollow)
  return known === undefined || copyId === null ? {} : { hollow: { copyId, hollow: known } }
}

/** What is hollow of these, by its name. */
export const hollowNames = (all: readonly Row[]): HollowNames =>
  new Map(
    all
      .map(candidate)
      .flatMap(({ image, hollow }) => (hollow === undefined ? [] : [[specText(image), hollow] as const])),
  )

function childrenOutside(
  all: readonly Row[],
  chosen: readonly Row[],
  /** Null: wherever they are primary. */
  from: SiteName | null,
): ReadonlyMap<string, readonly string[]> {
  const inside = new Set(chosen.map(({ id }) => id))
  const children = new Map<string, string[]>()
  for (const row of all) {
    if (row.parent_name === null || row.parent_pool === null || inside.has(row.id)) continue
    if (from !== null && row.primary_site !== from) continue
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
