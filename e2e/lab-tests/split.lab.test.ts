import { afterAll, beforeAll, expect, test } from 'vitest'
import { clock } from '@/lib/composition/clock'
import { LOOK_AGAIN_MS } from '@/lib/domain/split'
import { prepareResync } from '@/lib/procedures/prepare-resync'
import { lookAtSides } from '@/lib/services/look-at-sides'
import { type EngineWorld, engineWorld } from './engine-world'
import { contentOf, lab, needLab, primariesOf, rbd, until } from './lab'
import { failBackToRebuilt, restartMirror, writeObjects } from './split-stage'

const MIB = 1_048_576
let world: EngineWorld

beforeAll(async () => {
  needLab()
  await lab('reset')
  // A copy that is still being made for the first time is not promoted: the command hangs.
  await lab('wait')
  world = await engineWorld()
})
afterAll(async () => {
  await world?.close()
  // Both clusters anew: one of them was rebuilt, and histories differ.
  await lab('reset', '--hard')
})

const spec = (name: string) => ({ pool: 'volumes', namespace: '', name })

async function globalIdOf(site: string, name: string): Promise<string> {
  return JSON.parse(await rbd(site, 'info', `volumes/${name}`, '--format', 'json')).mirroring.global_id
}

/** What a resync of these at `to` would be told now; `seenAt`: since when they stand as they do. */
async function prepared(from: string, to: string, names: readonly string[], seenAt: number) {
  const candidates = await Promise.all(
    names.map(async (name) => {
      const globalId = await globalIdOf(from, name)
      return { key: `site-a~site-b/volumes//${globalId}`, image: spec(name), globalId, objectiveSec: 120 }
    }),
  )
  const options = { allOrNothing: false, clients: 'wait' } as const
  const input = { from, to, options, candidates, childrenOutside: new Map() }
  const seen = new Map(candidates.map(({ key }) => [key, seenAt]))
  return prepareResync({ ...input, seenAt: seen }, { clock, mirror: world.mirror })
}

const says = async (site: string, name: string) =>
  (await world.mirror(site).statuses('volumes')).rows.find((row) => row.name === name)?.local.detail.kind

test('a real split: what each side wrote is told to the object, and a resync is refused', async () => {
  const names = ['vol-journal-2', 'vol-snap-2']
  for (const name of names) {
    await rbd('site-b', 'mirror', 'image', 'promote', '--force', `volumes/${name}`)
    await writeObjects('site-b', name, 3)
    await writeObjects('site-a', name, 2)
  }
  const questions = await Promise.all(
    names.map(async (name) => ({ image: spec(name), globalId: await globalIdOf('site-b', name) })),
  )
  for (const { sides, sampled } of await lookAtSides(
    ['site-a', 'site-b'],
    questions,
    { seed: 1, pieces: 32 },
    { mirror: world.mirror },
  )) {
    const bytes = sides.map(({ written }) => (written.kind === 'known' ? written.value.amount : written))
    expect(bytes).toEqual([
      { kind: 'known', bytes: 8 * MIB, complete: true },
      { kind: 'known', bytes: 12 * MIB, complete: true },
    ])
    expect(sampled).toMatchObject({ kind: 'known' })
  }
  for (const name of names) await rbd('site-a', 'mirror', 'image', 'demote', `volumes/${name}`)
  for (const name of names) await until(async () => (await says('site-a', name)) === 'split-brain')
  const { plan, ledger } = await prepared('site-b', 'site-a', names, Date.now() - 2 * LOOK_AGAIN_MS)
  expect(plan).toBeNull()
  expect(ledger.setAside.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/a real split: site-a has what site-b lacks .*Protect it again instead/),
    expect.stringMatching(/is not known.*Protect it again instead/),
  ])
})

test('site A first reads the journal of what was written at B alone: it seems to have read it all, and a resync is refused', async () => {
  const name = 'late-0001'
  await lab('mirror-stop', 'site-a')
  await lab('make', '1', '--mode', 'journal', '--prefix', 'late', '--size', '16M', '--data')
  await until(async () => (await says('site-b', name)) === 'replaying-journal')
  await rbd('site-b', 'mirror', 'image', 'promote', '--force', `volumes/${name}`)
  await writeObjects('site-b', name, 3)
  await rbd('site-b', 'mirror', 'image', 'demote', `volumes/${name}`)
  const end = async () => (await world.mirror('site-b').lineages([spec(name)]))[0]
  await until(async () => {
    const seen = await end()
    const own = seen?.kind === 'known' ? seen.value.journal?.clients.find(({ id }) => id === '') : undefined
    return own?.position != null
  })
  await lab('mirror-start', 'site-a')
  await until(async () => (await says('site-b', name)) === 'split-brain')
  await until(async () => {
    const seen = await end()
    return seen?.kind === 'known' && seen.value.journal?.clients.length === 2
  })
  const { plan, ledger } = await prepared('site-a', 'site-b', [name], Date.now() - 2 * LOOK_AGAIN_MS)
  expect(plan).toBeNull()
  expect(ledger.setAside[0]?.reason).toMatch(/registered there late.*Protect it again instead/)
  // What is not whole would be waited for once site A is rebuilt.
  await lab('reset')
})

test('a site rebuilt and failed back to: the split-brain is none, and a resync mends it', {
  timeout: 300_000,
}, async () => {
  const names = ['vol-journal-1', 'vol-journal-2']
  await failBackToRebuilt(names)
  await restartMirror('site-b')
  // The helper's connection is to the cluster that was destroyed: it is given up once a question runs out of its time.
  await until(async () => (await says('site-a', 'vol-journal-1').catch(() => null)) != null, 1_000)
  for (const name of names) await until(async () => (await says('site-b', name)) === 'split-brain', 1_000)

  // One look is none; what the poller has seen for a minute is the first of two.
  const once = await prepared('site-a', 'site-b', names, Date.now())
  expect(once.refusal).toContain('looked at once')
  const { plan, ledger, ...rest } = await prepared('site-a', 'site-b', names, Date.now() - 2 * LOOK_AGAIN_MS)
  expect(ledger.setAside).toEqual([])
  expect(ledger.rows[0]?.text).toMatch(/site-a holds all of it: the other site committed its journal to the end/)
  const id = await world.start({ plan, ledger, ...rest })
  await until(() => world.hasEnded(id))
  expect(await world.run(id)).toMatchObject({ state: 'succeeded' })
  expect((await world.attempts(id)).map(({ argv }) => JSON.parse(argv).slice(0, 4).join(' '))).toEqual([
    'rbd mirror image resync',
    'rbd mirror image resync',
  ])
  for (const name of names) {
    expect(await primariesOf(`volumes/${name}`)).toEqual(['site-a'])
    await until(
      async () => (await contentOf('site-a', `volumes/${name}`)) === (await contentOf('site-b', `volumes/${name}`)),
      1_000,
    )
  }
})
