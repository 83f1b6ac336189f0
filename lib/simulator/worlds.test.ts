import { describe, expect, test } from 'vitest'
import { demoWorld } from './demo-world'
import { hugeWorld } from './huge-world'
import { manualClock } from './manual-clock'
import { NINE } from './tiny-fixture'
import { createWorld } from './world'

const statuses = (world: ReturnType<typeof createWorld>, site: string, pool: string) =>
  world.call(site, 'mirror.statuses', { pool, namespace: '' }).then(({ images }) => images)

describe('the demo world', () => {
  const clock = manualClock(NINE)
  const world = createWorld({ clock, spec: demoWorld(1) })
  const pools = ['volumes', 'images', 'vms'] as const

  test('has about 1,400 mirrored images, most of them from west to north', async () => {
    const west = (await Promise.all(pools.map((pool) => statuses(world, 'eu-west', pool)))).flat()
    const south = await statuses(world, 'eu-south', 'volumes-south')
    expect(west.filter(({ primary }) => primary)).toHaveLength(1_130)
    expect(west.filter(({ primary }) => !primary)).toHaveLength(210)
    expect(south.filter(({ primary }) => primary)).toHaveLength(64)
    expect(new Set(west.map(({ globalId }) => globalId)).size).toBe(west.length)
    expect(new Set(west.map(({ mode }) => mode))).toEqual(new Set(['journal', 'snapshot']))
  })

  test('has four images in split-brain, two clones whose parent nobody mirrors, and some still copying', async () => {
    const west = (await Promise.all(pools.map((pool) => statuses(world, 'eu-west', pool)))).flat()
    const peer = (text: string) => west.filter(({ remote }) => remote[0]?.description.includes(text))
    expect(peer('split-brain')).toHaveLength(4)
    expect(peer('error bootstrapping replay')).toHaveLength(2)
    expect(peer('bootstrapping, IMAGE_SYNC').length).toBeGreaterThan(0)
    expect(peer('"replay_state":"syncing","seconds').length).toBeGreaterThan(0)
  })

  test('has one pool that passes its objective of two minutes and recovers, over and over', async () => {
    const spec = { pool: 'vms', namespace: '' }
    const [image] = (await statuses(world, 'eu-west', 'vms')).filter(
      ({ mode, primary }) => mode === 'snapshot' && primary,
    )
    const ages: number[] = []
    for (let minute = 0; minute < 30; minute++) {
      const [[primary], [copy]] = await Promise.all(
        ['eu-west', 'eu-north'].map((site) =>
          world.call(site, 'images.lineage', { images: [{ ...spec, name: image?.name ?? '' }] }).then((r) => r.images),
        ),
      ).then((both) => both as [(typeof both)[number], (typeof both)[number]])
      const made = primary !== undefined && 'ok' in primary ? primary.ok.snapshots : []
      const held =
        copy !== undefined && 'ok' in copy ? copy.ok.snapshots.findLast((s) => s.complete)?.primarySnapId : null
      ages.push((clock.now() - (made.find((s) => s.id === held)?.takenAt ?? Number.NaN)) / 1000)
      await clock.advance(60_000)
    }
    expect(Math.max(...ages)).toBeGreaterThan(180)
    expect(Math.min(...ages)).toBeLessThan(70)
  })

  test('has one site that does not answer now and then', async () => {
    const answers: boolean[] = []
    for (let i = 0; i < 20; i++) {
      answers.push(!world.conditions.silent('eu-south', clock.now()))
      await clock.advance(30_000)
    }
    expect(answers.filter((yes) => !yes)).toHaveLength(3)
  })
})

describe('the huge world', () => {
  test('has 100,000 images at every site and finds each by its name', async () => {
    const spec = hugeWorld(7)
    for (const site of spec.sites) {
      const here = spec.populations.filter(({ sites }) => sites.includes(site.name))
      expect(here.reduce((sum, { count }) => sum + count, 0)).toBe(100_000)
    }
    for (const population of spec.populations) {
      for (const i of [0, 1, 4_711, 9_999]) expect(population.indexOf(population.nameOf(i))).toBe(i)
      expect(population.indexOf('volume-00000000-0000-4000-8000-000000000000')).toBeNull()
    }
    const world = createWorld({ clock: manualClock(NINE), spec })
    const images = await statuses(world, 'eu-north', 'volumes-01')
    expect(images).toHaveLength(10_000)
    const [sample] = images.filter(({ mode }) => mode === 'journal')
    const { samples } = await world.call('eu-north', 'journal.samples', {
      pool: 'volumes-01',
      namespace: '',
      imageIds: [sample?.id ?? ''],
    })
    expect(samples).toMatchObject([{ ok: { imageId: sample?.id } }])
  })
})
