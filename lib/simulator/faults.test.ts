import { describe, expect, test } from 'vitest'
import { faultFromWords } from './fault-cli'
import { scene } from './tiny-fixture'

const demote = ['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1']

describe('a fault', () => {
  test('is named by words', () => {
    expect(faultFromWords(['lose-site', 'eu-west'])).toEqual({ kind: 'lose-site', site: 'eu-west' })
    expect(faultFromWords(['slow-sync', 'vms', '4'])).toEqual({ kind: 'slow-sync', pool: 'vms', factor: 4 })
    expect(faultFromWords(['hang-next', 'image promote', '5000', 'site=eu-north', 'when=after'])).toMatchObject({
      pattern: 'image promote',
      forMs: 5_000,
      site: 'eu-north',
      when: 'after',
    })
    expect(faultFromWords(['slow-cinder', 'eu-west', '900'])).toMatchObject({ site: 'eu-west', ms: 900 })
    expect(() => faultFromWords(['lose-sight', 'x'])).toThrow('no fault lose-sight; there are lose-site')
    expect(() => faultFromWords(['cut-link', 'eu-west'])).toThrow('cut-link a b')
  })

  test('that names what is not there is refused', () => {
    const { fault } = scene()
    expect(() => fault({ kind: 'lose-site', site: 'atlantis' })).toThrow('no site atlantis; there are site-a, site-b')
    expect(() => fault({ kind: 'split-brain', image: 'volumes/nope' })).toThrow('no image volumes/nope')
    expect(() => fault({ kind: 'write-rate', image: 'volumes/vol-snap-1', site: 'site-b', perSec: 1 })).toThrow(
      'Read-only',
    )
  })

  test('hangs the next command before it does anything, or after it has done it', async () => {
    for (const when of ['before', 'after'] as const) {
      const { world, fault, clock, lineage } = scene()
      fault({ kind: 'hang-next', pattern: 'image demote', forMs: 60_000, when })
      const told = world.change('site-a', demote, { attemptId: 'x' })
      await clock.advance(30_000)
      expect(world.mayLive('x')).toBe('lives')
      expect((await lineage('site-a', 'vol-snap-1'))?.mirroring?.primary).toBe(when === 'before')
      await clock.advance(31_000)
      expect(await told).toMatchObject({ exit: 0 })
      expect((await lineage('site-a', 'vol-snap-1'))?.mirroring?.primary).toBe(false)
    }
  })

  test('fails the next command and lets the one after it through', async () => {
    const { run, fault } = scene()
    fault({ kind: 'fail-next', pattern: 'image demote', site: 'site-a', exit: 5 })
    expect(await run('site-a', demote.join(' '))).toMatchObject({ exit: 5 })
    expect(await run('site-a', demote.join(' '))).toMatchObject({ exit: 0 })
  })

  test('leaves placement groups of a pool to nobody, named one by one, until they are back', async () => {
    const { run, fault } = scene()
    const health = async () => JSON.parse((await run('site-a', 'ceph health detail --format json')).stdout)
    fault({ kind: 'pgs-inactive', site: 'site-a', pool: 'volumes' })
    expect((await health()).checks.PG_AVAILABILITY).toMatchObject({
      summary: { message: 'Reduced data availability: 3 pgs inactive', count: 3 },
      detail: [{ message: expect.stringMatching(/^pg 2\.0 is stuck inactive/) }, {}, {}],
    })
    const status = JSON.parse((await run('site-a', 'ceph status --format json')).stdout)
    expect(status.pgmap.pgs_by_state).toContainEqual({ state_name: 'down', count: 3 })
    expect(faultFromWords(['pgs-active', 'site-a', 'volumes'])).toMatchObject({ kind: 'pgs-active', pool: 'volumes' })
    fault({ kind: 'pgs-active', site: 'site-a', pool: 'volumes' })
    expect(await health()).toMatchObject({ status: 'HEALTH_OK', checks: {} })
  })

  test('makes a split-brain of a healthy image', async () => {
    const { fault, clock, row } = scene()
    fault({ kind: 'split-brain', image: 'volumes/vol-journal-3' })
    await clock.advance(6_000)
    expect((await row('site-b', 'vol-journal-3')).local).toMatchObject({
      state: 'error',
      description: 'split-brain detected',
    })
    expect((await row('site-a', 'vol-journal-3')).primary).toBe(true)
  })

  test('makes a site shy: its helper answers when the spell is over', async () => {
    const { fault, clock, world } = scene()
    fault({ kind: 'flaky-site', site: 'site-b', periodMs: 100_000, silentMs: 20_000 })
    await clock.advance(81_000)
    let answered = false
    const asked = world.call('site-b', 'hello', {}).then(() => {
      answered = true
    })
    await clock.advance(10_000)
    expect(answered).toBe(false)
    await clock.advance(10_000)
    await asked
  })
})
