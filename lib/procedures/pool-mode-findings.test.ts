import { expect, test } from 'vitest'
import { BareWorld } from '@/lib/engine/bare-world'
import type { PoolImage } from '@/lib/ports/mirror'
import { drawnIn, drawnInFindings } from './pool-mode-findings'
import { prepareSetUp } from './prepare-set-up'

const image = (name: string, more: Partial<PoolImage> = {}): PoolImage => ({
  ...{ spec: { pool: 'volumes', namespace: '', name }, imageId: name, sizeBytes: 1, features: ['journaling'] },
  ...{ parent: null, children: null, mirrored: null },
  ...more,
})
const POOL = [{ name: 'volumes', mode: 'pool' }] as const
const at = (site: string, ...images: readonly PoolImage[]) => ({ site, images })
const names = (...asked: Parameters<typeof drawnIn>) =>
  drawnIn(...asked).map((one) => `${one.site}: ${one.image.spec.name}`)

test('what has a journal and was not chosen is mirrored along, at both sites', () => {
  const chosen = new Set(['volumes/chosen'])
  const west = at('west', image('chosen'), image('other'), image('plain', { features: [] }))
  expect(names(POOL, west, at('north', image('theirs')), chosen)).toEqual(['west: other', 'north: theirs'])
})

test('in mode image nothing comes along; nor does what is mirrored already, or lies in another pool', () => {
  const north = at('north')
  const mirrored = { mode: 'journal', globalId: 'g', role: 'primary', state: 'enabled' } as const
  expect(names([{ name: 'volumes', mode: 'image' }], at('west', image('other')), north, new Set())).toEqual([])
  expect(names(POOL, at('west', image('other', { mirrored })), north, new Set())).toEqual([])
  const elsewhere = image('other', { spec: { pool: 'vms', namespace: '', name: 'other' } })
  expect(names(POOL, at('west', elsewhere), north, new Set())).toEqual([])
})

test('of many the first ten are named and all are counted', () => {
  const many = Array.from({ length: 12 }, (_, index) => image(`i${index}`))
  const [finding] = drawnInFindings(drawnIn(POOL, at('west', ...many), at('north'), new Set()))
  expect(finding?.title).toBe('12 images at west that were not chosen are mirrored too')
  expect(finding?.evidence).toMatch(/volumes\/i0, .*volumes\/i9, and 2 more$/)
})

test('the look of a set-up names them, and lists each among what changes', async () => {
  const world = new BareWorld()
  world.add('chosen')
  world.add('other').features.add('journaling')
  const look = (mode: 'image' | 'pool') =>
    prepareSetUp(
      {
        ...{ from: 'west', to: 'north', ways: 'one-way', peering: { kind: 'token' }, schedules: [] },
        pools: [{ name: 'volumes', mode }],
        images: { kind: 'named', images: [{ spec: 'volumes/chosen', mode: 'journal' }] },
      },
      {
        clock: { now: () => Date.now(), sleep: async () => {} },
        mirror: (site) => world.port(site),
        cluster: (site) => world.cluster(site),
      },
    )
  const { findings, changes, refusal } = await look('pool')
  expect(refusal).toBeNull()
  expect(findings.find(({ check }) => check === 'pool-mode')).toMatchObject({
    severity: 'warns',
    title: '1 image at west that was not chosen is mirrored too',
  })
  expect(changes.filter(({ key }) => key.startsWith('drawn-in')).map(({ name }) => name)).toEqual(['volumes/other'])
  expect((await look('image')).findings.some(({ check }) => check === 'pool-mode')).toBe(false)
})
