import { expect, test } from 'vitest'
import type { VolumeMember } from '@/lib/domain/cloud-plan'
import { carryThrough } from '@/lib/engine/crash-harness'
import { type CinderSimulated, cinderPlan, cinderSimulated } from './cinder-world'
import { A, B, isPrimary } from './crash-world'

/** What the cloud was told, in the order of its start, from outside: the simulator's own record. */
const told = ({ world }: CinderSimulated): readonly string[] =>
  world
    .recorded()
    .filter(({ argv, exit }) => argv[0] === 'openstack' && exit === 0)
    .map(({ argv }) => argv.slice(1).join(' '))

/** What must hold after the backend was moved to a site, however often a worker died on the way. */
async function judged(one: CinderSimulated, to: string, monitor: string) {
  const [volumes, servers, attachments, [service]] = await Promise.all([
    one.cloud.volumes('all'),
    one.cloud.servers('all'),
    one.cloud.attachments('all'),
    one.cloud.volumeServices(),
  ])
  for (const { id, typeName } of volumes.filter((volume) => volume.typeName === 'replicated')) {
    const image = `volumes/volume-${id}`
    const primary = [await isPrimary(one.world, A, image), await isPrimary(one.world, B, image)]
    expect({ id, typeName, primary }).toEqual({ id, typeName, primary: [to === A, to === B] })
  }
  expect(service).toMatchObject({ status: 'enabled', frozen: false })
  expect(servers.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
  for (const { connection } of attachments) expect(connection?.monitors).toEqual([monitor])
  return Object.fromEntries(volumes.map(({ name, status }) => [name, status]))
}

/** Where each kind of point comes first: what follows of its kind is the same of another member. */
const firsts = (points: readonly string[]): readonly number[] =>
  [...new Set(points)].map((point) => points.indexOf(point) + 1)

const IN_USE = { 'db-root': 'in-use', 'db-data': 'in-use', 'app-root': 'in-use', 'app-files': 'in-use' }

test('in the simulator: a backend moved there and back, killed at any point of any step, ends the same; Cinder is told once a way', {
  timeout: 900_000,
}, async () => {
  async function thereAndBack(kills: readonly number[], killsBack: readonly number[]) {
    const one = await cinderSimulated()
    const failovers = () => told(one).filter((line) => line.includes('failover_host'))
    const plan = await cinderPlan(one, 'there', new Map())
    const there = await carryThrough(one.crash, plan, kills)
    expect({ kills, ...there.run }).toMatchObject({ kills, state: 'succeeded' })
    expect(await judged(one, B, '127.0.0.12:6789')).toEqual({ ...IN_USE, scratch: 'error' })
    expect(failovers()).toHaveLength(1)
    const former = new Map(
      plan.members.filter((member): member is VolumeMember => member.kind === 'volume').map((m) => [m.id, m]),
    )
    const back = await carryThrough(one.crash, await cinderPlan(one, 'back', former), killsBack)
    expect({ killsBack, ...back.run }).toMatchObject({ killsBack, state: 'succeeded' })
    expect(await judged(one, A, '127.0.0.11:6789')).toEqual({ ...IN_USE, scratch: 'available' })
    expect(failovers()).toHaveLength(2)
    return [firsts(there.points), firsts(back.points)] as const
  }
  const [there, back] = await thereAndBack([], [])
  for (let i = 0; i < Math.max(there.length, back.length); i++)
    await thereAndBack(there.slice(i, i + 1), back.slice(i, i + 1))
})
