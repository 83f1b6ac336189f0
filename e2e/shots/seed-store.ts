/**
 * Fills a store with a world to look at, without poller and simulator: three sites and 1,476 images, or 100,000.
 *   npx esbuild e2e/shots/seed-store.ts --bundle --platform=node --format=esm --external:@photostructure/sqlite \
 *     --outfile=dist/seed-ui.mjs && node dist/seed-ui.mjs DIR [large] [live]
 * `live` goes on: sites answer every two seconds, and every round is announced.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IfLost, Stream } from '@/lib/domain/summary'
import { announce } from '@/lib/store/changes'
import { openStore, type Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { poolReadings, rollups, SILENT, siteRows, summariesOf } from './seed-tables'
import { ifLostOf, imageRows, LARGE, RPO_SEC, random, type SeedPool, SITES, SMALL, streamOf } from './seed-world'

const [folder, ...words] = process.argv.slice(2)
if (folder === undefined) throw new Error('which folder?')
const pools = words.includes('large') ? LARGE : SMALL
const BATCH = 500

const roll = random(7)
const started = Date.now()
const byPool = pools.map((pool) => ({ pool, rows: imageRows(pool, lateOf(pool), started, roll) }))
const all = byPool.flatMap(({ rows }) => rows)

function lateOf(pool: SeedPool): number {
  return pool.pool.startsWith('volumes') && pool.from === 'eu-west' ? Math.min(80, pool.images) : 0
}

async function insert(store: Store): Promise<void> {
  for (let at = 0; at < all.length; at += BATCH) {
    await store.transaction().execute((tx) =>
      tx
        .insertInto('images')
        .values(all.slice(at, at + BATCH))
        .execute(),
    )
  }
  await store.insertInto('sites').values(siteRows(pools, started)).execute()
  await store
    .insertInto('pool_readings')
    .values(poolReadings(pools, all, started))
    .execute()
  const history = rollups(pools, started)
  for (let at = 0; at < history.length; at += BATCH) {
    await store
      .insertInto('rollups')
      .values(history.slice(at, at + BATCH))
      .execute()
  }
  await store.insertInto('breaches').values(breaches()).execute()
  await store.insertInto('snapshot_marks').values(marks()).execute()
}

const late = () => all.filter((row) => row.breach_at !== null && row.breach_at <= started)

const breaches = () =>
  late()
    .slice(0, 400)
    .flatMap((row) => [
      { image_id: row.id, started_at: started - 7_300_000, ended_at: started - 7_000_000, worst_sec: 190 },
      { image_id: row.id, started_at: started - 31_000_000, ended_at: started - 30_400_000, worst_sec: 260 },
      { image_id: row.id, started_at: row.breach_at ?? started, ended_at: null, worst_sec: 170 },
    ])

const marks = () =>
  late()
    .slice(0, 50)
    .flatMap((row) =>
      Array.from({ length: 12 }, (_, n) => ({
        image_id: row.id,
        site: row.primary_site ?? 'eu-west',
        snap_id: 4100 + n,
        taken_at: started - (12 - n) * 60_000,
      })),
    )

async function sum(store: Store, now: number): Promise<void> {
  const shift = (row: ImagesTable): ImagesTable => {
    // The living sites keep up: what is held moves with the clock. What stands still keeps counting.
    const moves = row.verdict === 'following' && row.primary_site !== SILENT && row.held_until_at !== null
    const by = now - started
    const breach = row.breach_at === null ? null : row.breach_at + by
    return moves ? { ...row, held_until_at: (row.held_until_at ?? 0) + by, breach_at: breach } : row
  }
  const living = byPool.map(({ pool, rows }) => ({ pool, rows: rows.map(shift) }))
  const poolStreams = living.map(({ pool, rows }) => streamOf(rows, pool, pool.pool, now))
  const streams: Stream[] = []
  for (const { pool } of living) {
    if (streams.some((stream) => stream.from === pool.from && stream.to === pool.to)) continue
    const same = living.filter((other) => other.pool.from === pool.from && other.pool.to === pool.to)
    streams.push(
      streamOf(
        same.flatMap(({ rows }) => rows),
        pool,
        null,
        now,
      ),
    )
  }
  const ifLost: IfLost[] = SITES.filter((site) =>
    living.some(({ pool }) => pool.from === site || pool.to === site),
  ).map((site) =>
    ifLostOf(
      site,
      living.filter(({ pool }) => pool.from === site).flatMap(({ rows }) => rows),
      site === SILENT ? 'silent' : 'known',
      now,
    ),
  )
  const summaries = summariesOf(ifLost, streams, poolStreams, all, now)
  for (const [key, value] of Object.entries(summaries)) {
    const row = { key, json: JSON.stringify(value), at: now }
    await store
      .insertInto('summaries')
      .values(row)
      .onConflict((c) => c.column('key').doUpdateSet(row))
      .execute()
  }
}

/** One fast round at the sites that live. */
async function round(store: Store): Promise<void> {
  const now = Date.now()
  await store
    .updateTable('sites')
    .set({ last_ok_at: now, facts_at: now - 9000 })
    .where('name', '!=', SILENT)
    .execute()
  const read = { observed_at: now, sampled_at: now - 1200, fast_sampled_at: now - 1200, slow_at: now - 9000 }
  await store.updateTable('pool_readings').set(read).where('site', '!=', SILENT).execute()
  if (pools === SMALL) {
    const moved = (now - last) | 0
    await store
      .updateTable('images')
      .set((e) => ({ held_until_at: e('held_until_at', '+', moved), breach_at: e('breach_at', '+', moved) }))
      .where('verdict', '=', 'following')
      .where('primary_site', '!=', SILENT)
      .execute()
  }
  last = now
  await sum(store, now)
  const topics = ['site:eu-west', 'site:eu-north', ...new Set(all.map((row) => `pool:${row.pair}/${row.pool}`))]
  await store.transaction().execute((tx) => announce(tx, topics, now))
}

let last = started
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(folder, 'config.json'),
  JSON.stringify({
    name: 'Example Cloud',
    demo: true,
    simulatorSocket: null,
    objectives: { rpo: RPO_SEC, rto: 1800 },
    pools: {},
    sampling: { cpuPercent: 10 },
    limits: { changesPerCluster: 8 },
    sites: SITES.map((name) => ({ name, ceph: { conf: `/etc/ceph/${name}.conf`, user: 'admin', exec: [] } })),
  }),
)
const store = openStore(join(folder, 'antipode.db'))
await migrate(store)
await insert(store)
await sum(store, started)
await store.transaction().execute((tx) => announce(tx, ['summaries'], started))
process.stdout.write(`${all.length} images in ${folder}, ${Date.now() - started} ms\n`)
if (words.includes('live')) setInterval(() => void round(store), 2000)
else await store.destroy()
