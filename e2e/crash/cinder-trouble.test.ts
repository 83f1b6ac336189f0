import { expect, test } from 'vitest'
import { carryThrough } from '@/lib/engine/crash-harness'
import type { CloudPort } from '@/lib/ports/cloud'
import { type CinderSimulated, cinderPlan, cinderSimulated } from './cinder-world'
import { A, B, isPrimary } from './crash-world'

/** The same world; what is to happen begins when its cloud is told something with this word. */
function atWord(one: CinderSimulated, word: string, happens: () => Promise<void>): CinderSimulated['crash'] {
  let began = false
  const cloud: CloudPort = {
    ...one.cloud,
    act(argv, options) {
      if (!began && argv.join(' ').includes(word)) {
        began = true
        void happens()
      }
      return one.cloud.act(argv, options)
    },
  }
  return { ...one.crash, cloud: (site) => (site === A ? cloud : null) }
}

async function primaries({ cloud, world }: CinderSimulated): Promise<string[]> {
  const volumes = (await cloud.volumes('all')).filter(({ typeName }) => typeName === 'replicated')
  return Promise.all(
    volumes.map(async ({ id }) => {
      const at = async (site: string) => ((await isPrimary(world, site, `volumes/volume-${id}`)) ? site : '')
      return `${await at(A)}${await at(B)}`
    }),
  )
}

test('Keystone that is away for a minute in the middle holds nothing up for good', { timeout: 120_000 }, async () => {
  const one = await cinderSimulated()
  const plan = await cinderPlan(one, 'there', new Map())
  const world = atWord(one, 'freeze', async () => {
    one.world.fault({ kind: 'stop-keystone', site: A })
    await one.crash.clock.sleep(60_000)
    one.world.fault({ kind: 'start-keystone', site: A })
  })
  const { run } = await carryThrough(world, plan, [])
  expect(run).toMatchObject({ state: 'succeeded' })
  expect(new Set(await primaries(one))).toEqual(new Set([B]))
})

test('cinder-volume that is killed while it fails over and started again never leaves two primaries, and the run asks', {
  timeout: 120_000,
}, async () => {
  const one = await cinderSimulated()
  const plan = await cinderPlan(one, 'there', new Map())
  const world = atWord(one, 'failover_host', async () => {
    // Past the demotion that fails at once, and in the middle of the promotions.
    await one.crash.clock.sleep(35)
    one.world.fault({ kind: 'kill-cinder-volume', site: A })
    await one.crash.clock.sleep(30_000)
    one.world.fault({ kind: 'start-cinder-volume', site: A })
  })
  const { run } = await carryThrough(world, plan, [], (_, members) => members.some(({ state }) => state === 'failed'))
  expect(run.state).toBe('waiting')
  expect(run.reason).toContain(`is primary at ${B} already: Cinder would put its volume in error`)
  const [service] = await one.cloud.volumeServices()
  expect(service).toMatchObject({ replicationStatus: 'enabled', activeBackendId: null, frozen: true })
  // In the middle: some promoted, some not yet, and none on both sides.
  expect(new Set(await primaries(one))).toEqual(new Set([B, '']))
})
