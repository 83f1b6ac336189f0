import { expect, test } from 'vitest'
import { carryThrough } from '@/lib/engine/crash-harness'
import { mirrorArgv } from '@/lib/ports/mirror'
import { compileForcedFailover } from '@/lib/procedures/forced-failover'
import { compileReprotect, keptName } from '@/lib/procedures/reprotect'
import { A, B, isPrimary, membersAt, NAMES, type Simulated, simulated, specOf, toldOf, twice } from './crash-world'

const options = { allOrNothing: false, clients: 'wait' } as const
const POINTS = ['before-intent', 'after-intent', 'act-started', 'after-act', 'after-conclude']

/** Site A is gone for good, as far as anybody can see. Its images are known from before. */
async function lost(): Promise<Simulated & { plan: ReturnType<typeof compileForcedFailover> }> {
  const one = simulated()
  const images = await membersAt(one.crash, A)
  const [schedules, monAddresses] = await Promise.all([one.crash.port(A).schedules(), one.monAddresses(A)])
  const lastHeardAt = one.crash.clock.now()
  one.world.fault({ kind: 'lose-site', site: A })
  const outage = { fence: { kind: 'network', at: lastHeardAt, note: '' } as const, lastHeardAt, monAddresses }
  const input = { from: A, to: B, options, images, schedules, wholePools: new Set<string>() }
  return { ...one, plan: compileForcedFailover({ ...input, outage }) }
}

test('in the simulator: a failover by force killed at any point of any step promotes and marks each image once', {
  timeout: 600_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const { world, crash, plan } = await lost()
    const { points, run } = await carryThrough(crash, plan, kills)
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    const told = toldOf(world)
    expect({ kills, again: twice(told) }).toEqual({ kills, again: [] })
    for (const name of NAMES) {
      const of = (verb: string) => told.filter((line) => line.includes(verb) && line.includes(` ${name}`))
      expect({ kills, name, promoted: of('promote --force'), marked: of('snap create').length }).toEqual({
        ...{ kills, name, marked: 1, promoted: [`${B} rbd mirror image promote --force ${name}`] },
      })
      expect(await isPrimary(world, B, name)).toBe(true)
    }
    expect(told.filter((line) => line.startsWith(A))).toEqual([])
    const order = (name: string) => told.findIndex((line) => line.endsWith(`promote --force ${name}`))
    expect(order('images/img-base-1')).toBeLessThan(order('volumes/vol-clone-1'))
    return points
  }
  const points = await judged([])
  for (const step of ['force-promote', 'mark-point', 'add-schedule'])
    for (const point of POINTS) expect(points).toContain(`${point} ${step}`)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

/** Site A is back after a failover by force, and a primary as well; B was chosen. */
async function parted() {
  const one = simulated()
  one.world.fault({ kind: 'lose-site', site: A })
  const parentsFirst = [...NAMES].sort()
  for (const name of parentsFirst) {
    const attempt = { attemptId: `by hand ${name}`, onStarted: () => {} }
    expect(await one.world.change(B, mirrorArgv.forcePromote(name), attempt)).toMatchObject({ exit: 0 })
  }
  one.world.fault({ kind: 'back', site: A })
  await one.crash.clock.sleep(60_000)
  const members = await membersAt(one.crash, B)
  const found = await one.crash.port(A).found(NAMES.map(specOf))
  const ids = new Map(NAMES.map((name, index) => [name, found[index]]))
  const images = members.map((member) => {
    const copy = ids.get(member.key)
    if (copy?.kind !== 'known' || copy.value.kind !== 'there') throw new Error(`${member.key} is not at ${A}`)
    const { imageId } = copy.value
    return { ...member, loser: { imageId, keptAs: keptName(member.image.name, imageId) } }
  })
  return {
    ...one,
    images,
    before: toldOf(one.world).length,
    plan: compileReprotect({ from: B, to: A, options, images, schedules: [] }),
  }
}

test('in the simulator: a re-protection killed at any point keeps every copy that lost, once, and a new one follows', {
  timeout: 900_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const { world, crash, plan, images, before } = await parted()
    const { points, run } = await carryThrough(crash, plan, kills)
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    const told = toldOf(world).slice(before)
    expect({ kills, again: twice(told) }).toEqual({ kills, again: [] })
    for (const { key, image, loser } of images) {
      const kept = `${image.pool}/${loser.keptAs}`
      expect(told.filter((line) => line.startsWith(A) && line.includes(` ${key}`))).toEqual([
        `${A} rbd mirror image disable --force ${key}`,
        `${A} rbd rename ${key} ${kept}`,
      ])
      const [aside] = await crash.port(A).found([specOf(kept)])
      expect(aside).toMatchObject({ value: { kind: 'there', imageId: loser.imageId, globalId: null } })
      expect([await isPrimary(world, A, key), await isPrimary(world, B, key)]).toEqual([false, true])
    }
    // Of the chosen site: one snapshot of each in that mode, so that the new copies hold what is no older than the run.
    const taken = images
      .filter(({ mode }) => mode === 'snapshot')
      .map(({ key }) => `${B} rbd mirror image snapshot ${key}`)
    expect(told.filter((line) => !line.startsWith(A)).sort()).toEqual(taken.sort())
    return points
  }
  const points = await judged([])
  for (const step of ['end-mirroring', 'keep-loser', 'take-snapshot'])
    for (const point of POINTS) expect(points).toContain(`${point} ${step}`)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})
