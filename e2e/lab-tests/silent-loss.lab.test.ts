import { afterAll, beforeAll, expect, test } from 'vitest'
import { clock } from '@/lib/composition/clock'
import { markOf } from '@/lib/domain/peer-mark'
import { proof } from '@/lib/domain/proof'
import { commandRun } from '@/lib/services/command-run'
import { type EngineWorld, engineWorld } from './engine-world'
import { lab, needLab, primariesOf, rbd, until } from './lab'
import { never } from './never'
import { lacking, startWriter } from './writer'

let world: EngineWorld

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('make', '1', '--mode', 'journal', '--prefix', 'twin-journal', '--size', '16M')
  await lab('make', '1', '--mode', 'snapshot', '--prefix', 'twin-snap', '--size', '16M')
  await lab('wait')
  world = await engineWorld()
})
afterAll(async () => {
  await world?.close()
  await lab('mirror-start', 'site-b')
  await lab('reset')
})

const spec = (name: string) => `volumes/${name}`
const change = (site: string, verb: 'demote' | 'promote', name: string) =>
  rbd(site, 'mirror', 'image', verb, spec(name))

/** A demotion needs seconds to arrive: until then Ceph says exit 16, and for a moment after it 30. */
const promoteOnceItArrives = (site: string, name: string) =>
  until(async () => {
    const promoted = await change(site, 'promote', name).catch((error: { code?: number }) => error.code)
    if (typeof promoted === 'number' && promoted !== 16 && promoted !== 30)
      throw new Error(`promote ended with ${promoted}`)
    return typeof promoted === 'string'
  }, 500)

async function provenOf(name: string): Promise<string> {
  const image = { pool: 'volumes', namespace: '', name }
  const [from] = await world.mirror('site-a').lineages([image])
  const [to] = await world.mirror('site-b').lineages([image])
  if (from === undefined || to === undefined) throw new Error('not read')
  const [here, there] = await Promise.all(
    ['site-a', 'site-b'].map((site) => world.mirror(site).poolMirroring('volumes')),
  )
  if (here === undefined || there === undefined) throw new Error('not read')
  return proof(from, to, { from: markOf(there, here, 'site-a'), to: markOf(here, there, 'site-b') }).kind
}

test('rbd-mirror at the target stopped before the last writes: a plain rbd promote loses them, Antipode proves nothing', async () => {
  const names = ['twin-journal-0001', 'twin-snap-0001']
  // There and back by hand, as after any fail-back: the target's newest state is then its own demotion.
  for (const name of names) await change('site-a', 'demote', name)
  for (const name of names) await promoteOnceItArrives('site-b', name)
  await lab('mirror-stop', 'site-b')
  for (const name of names) await change('site-b', 'demote', name)
  for (const name of names) await promoteOnceItArrives('site-a', name)

  const writer = await startWriter({ site: 'site-a', images: names })
  await until(() => names.every((name) => writer.lines().filter(({ image }) => image === name).length >= 20))
  expect(await writer.stop()).toBe(0)
  const prepared = await world.prepare('site-a', 'site-b', names.map(spec))
  expect(prepared.refusal).toMatch('No rbd-mirror daemon lives at site-b')

  for (const name of names) await change('site-a', 'demote', name)
  const proofs = await Promise.all(names.map(provenOf))
  never(
    'proofs of what was lost',
    proofs.filter((proof) => proof !== 'unproven'),
  )
  for (const name of names) expect(await change('site-b', 'promote', name)).toMatch('Image promoted to primary')
  for (const name of names) expect(await primariesOf(spec(name))).toEqual(['site-b'])
  for (const found of await writer.verify('site-b')) {
    expect(found.missing).toBeGreaterThanOrEqual(20)
    expect(found.lossSec).toBe(null)
  }
  await lab('mirror-start', 'site-b')
})

const stepAndState = async (id: string) => {
  const [, image] = await world.members(id)
  return `${(await world.steps(id))[image?.step_idx ?? 0]?.name} ${image?.state}`
}

test.each([
  { name: 'vol-journal-2', held: 'prove' },
  // A snapshot image is held up before its demotion already: the last snapshot does not arrive.
  { name: 'vol-snap-2', held: 'final-snapshot' },
])(
  '$name: a run whose target lost its rbd-mirror waits at $held, never promotes, and a stop gives the source back',
  async ({ name, held }) => {
    const writer = await startWriter({ site: 'site-a', images: [name] })
    const id = await world.begin('site-a', 'site-b', [spec(name)], { clients: 'wait' })
    await until(async () => (await stepAndState(id)) === 'stop-clients waiting')
    // Gone without a word, so that its status still looks well; what is written now it never copies.
    await lab('mirror-stop', 'site-b', '--kill')
    const before = writer.lines().length
    await until(() => writer.lines().length >= before + 20)
    expect(await writer.stop()).toBe(0)

    await until(async () => (await stepAndState(id)) === `${held} waiting`)
    expect((await world.members(id))[1]?.reason).toMatch(/committed|arrived|on its way/)
    expect(await primariesOf(spec(name))).toEqual(held === 'prove' ? [] : ['site-a'])

    const context = {
      store: world.store,
      clock,
      actor: { kind: 'system', name: 'lab test' },
      role: 'operator',
    } as const
    const command = { kind: 'stop', reason: 'rbd-mirror is gone' } as const
    await commandRun(
      { requestId: crypto.randomUUID(), runId: id, command },
      { ...context, mirror: world.mirror, sites: ['site-a', 'site-b'] },
    )
    await until(() => world.hasEnded(id))
    expect(await world.run(id)).toMatchObject({ state: 'cancelled', reason: 'stopped by the operator' })
    expect(await primariesOf(spec(name))).toEqual(['site-a'])
    const promotes = (await world.attempts(id)).filter(
      ({ argv, site }) => site === 'site-b' && argv.includes('promote'),
    )
    never('promotes of what was not proven', promotes)
    never('bytes that differ', lacking(await writer.verify('site-a')))
    await lab('mirror-start', 'site-b')
  },
)
