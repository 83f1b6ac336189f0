import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { known } from '@/lib/domain/reading'
import { TinyWorld } from '@/lib/engine/tiny-world'
import type { MirrorPort } from '@/lib/ports/mirror'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { compareSidesAction } from './evidence'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
let world: TinyWorld
let store: Store

/** West wrote an object since; north, which was promoted by force, two. The first piece of both differs. */
function port(site: string): MirrorPort {
  const real = world.port(site)
  return {
    ...real,
    evidence: {
      ...real.evidence,
      written: async (questions) =>
        questions.map(({ since }) => {
          const bytes = (site === 'west' ? 1 : 2) * 4_194_304
          const amount = { kind: 'known' as const, bytes, complete: since.kind !== 'nothing' }
          return known({ imageId: 'i', sizeBytes: 1 << 30, modifiedAt: site === 'west' ? 1 : 500_000, amount }, 0)
        }),
      sampled: async (questions) =>
        questions.map(({ offsets }) =>
          known(
            offsets.map((at) => `${at}${at === 0 ? site : ''}`),
            0,
          ),
        ),
    },
  }
}

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  const clock = { now: () => 1_000_000, sleep: async () => {} }
  asked.context = { store, clock, sites: ['west', 'north'], mirror: port }
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  const one = world.add('j', 'journal')
  one.primaryAt.add('north')
  one.tag.set('north', '')
  await store
    .insertInto('images')
    .values({
      ...{ id: 'j', pair: 'north~west', pool: 'volumes', namespace: '', global_id: one.globalId, name: 'j' },
      ...{ mode: 'journal', left_role: 'primary', right_role: 'primary', left_state: '', right_state: '' },
      ...{ left_up: 1, right_up: 1, left_description: '', right_description: '', left_image_id: '' },
      ...{ right_image_id: '', primary_site: null, verdict: 'two-primaries', verdict_text: '', severity: 90 },
      ...{ caught_up: 0, held_until_at: null, held_grade: 'unknown', held_text: '', objective_sec: 120 },
      ...{ sampled: 0, changed_at: 0 },
    })
    .execute()
  return () => store.destroy()
})

const compare = () => compareSidesAction({ ids: ['j'] })

test('a viewer is refused: it reads the clusters', async () => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await compare()).toMatchObject({ ok: false, code: 'forbidden' })
})

test('both histories stand beside each other, and nobody has chosen', async () => {
  const answer = await compare()
  if (!answer.ok) throw new Error(answer.message)
  expect(answer.value.images[0]).toMatchObject({
    split: { kind: 'two-primaries' },
    newer: 'north',
    sampled: { compared: 1, differ: 1, asked: 1 },
    sides: [
      { site: 'north', role: 'primary', amount: { kind: 'known', bytes: 8_388_608, sure: 'exact' } },
      { site: 'west', role: 'primary', amount: { kind: 'known', bytes: 4_194_304, sure: 'exact' } },
    ],
  })
})

test('a side that does not answer is said so, and what the other says stays', async () => {
  world.dead.add('west')
  const answer = await compare()
  if (!answer.ok) throw new Error(answer.message)
  const [image] = answer.value.images
  expect(image?.sides[1]).toMatchObject({ site: 'west', role: null, trouble: expect.stringContaining('no answer') })
  expect(image?.sides[0]).toMatchObject({ site: 'north', role: 'primary' })
  expect(image).toMatchObject({ split: { kind: 'unknown' }, newer: null })
})

test('an image that is not known any more, and too many of them, are refused by name', async () => {
  expect(await compareSidesAction({ ids: ['gone'] })).toMatchObject({ ok: false, code: 'missing' })
  const ids = Array.from({ length: 21 }, (_, number) => `${number}`)
  expect(await compareSidesAction({ ids })).toMatchObject({ ok: false, code: 'invalid' })
})
