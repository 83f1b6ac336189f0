import { beforeEach, expect, test } from 'vitest'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { FailoverIntent } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { previewFailover } from './preview-failover'

const NOW = 100_000
let world: TinyWorld
let store: Store

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  return () => store.destroy()
})

const context = (): ServiceContext => ({
  store,
  clock: { now: () => NOW, sleep: async () => {} },
  actor: { kind: 'person', name: 'anna', address: '::1' },
  role: 'operator',
  mirror: (site) => world.port(site),
  sites: ['west', 'north'],
})

async function site(name: string, state: 'ok' | 'silent', availableBytes = 1e12): Promise<void> {
  const facts = { monAddresses: [name], pools: [{ name: 'volumes', id: 1, usedBytes: 0, availableBytes }] }
  await store
    .insertInto('sites')
    .values({
      ...{ name, state, last_ok_at: 90_000, silent_since: state === 'silent' ? 91_000 : null, error: '', failures: 0 },
      ...{ facts_json: JSON.stringify(facts), facts_at: 1 },
    })
    .execute()
}

/** An image as the poller knows it; `verdict` and where it is primary may differ from what the world then says. */
async function image(
  name: string,
  row: { verdict?: string; primary?: string | null; heldUntilAt?: number | null } = {},
  parent: string | null = null,
) {
  const one = world.add(name, 'journal', parent)
  const { verdict = 'following', primary = 'west', heldUntilAt = 80_000 } = row
  await store
    .insertInto('images')
    .values({
      ...{
        id: name,
        pair: 'north~west',
        pool: 'volumes',
        namespace: '',
        global_id: one.globalId,
        name,
        mode: 'journal',
      },
      ...{ left_role: 'non-primary', right_role: 'primary', left_state: '', right_state: '', left_up: 1, right_up: 1 },
      ...{ left_description: '', right_description: '', left_image_id: '', right_image_id: '', primary_site: primary },
      ...{ verdict, verdict_text: verdict, severity: 0, caught_up: 0, held_until_at: heldUntilAt },
      ...{ held_grade: 'measured', held_text: 'sampled', objective_sec: 120, sampled: 0, changed_at: 0 },
      ...(parent === null ? {} : { parent_pool: 'volumes', parent_name: parent }),
    })
    .execute()
  return one
}

const preview = (more: object) =>
  previewFailover(
    FailoverIntent.parse({
      ...{ from: 'west', to: 'north', select: { kind: 'site' } },
      ...{ options: { allOrNothing: false, clients: 'wait' } },
      ...more,
    }),
    context(),
  )
const forced = (fence: object = { kind: 'power', at: 95_000, note: 'at the rack' }) =>
  preview({ procedure: 'forced-failover', fence })
const again = (ids: readonly string[]) =>
  preview({ procedure: 'reprotect', from: 'north', to: 'west', select: { kind: 'images', ids } })

test('a site that answers cannot be given up, and the refusal says what to do instead', async () => {
  await site('west', 'ok')
  await image('j')
  const { planHash, refusal } = await forced({ kind: 'not-proven', at: null, note: '' })
  expect(planHash).toBeNull()
  expect(refusal).toContain('fail it over as planned')
  const blocklisted = await forced({ kind: 'blocklist', at: 95_000, note: '' })
  expect(blocklisted.findings).toContainEqual(
    expect.objectContaining({ consent: 'fence-answers', command: 'ceph osd blocklist ls' }),
  )
})

test('a lost site: the ledger is a span from what the copy holds to the last word, and to where power went off', async () => {
  await site('west', 'silent')
  await image('j')
  world.dead.add('west')
  const { planHash, typedSite, ledger, script, findings } = await forced()
  expect(findings.find(({ check }) => check === 'silence')?.evidence).toContain(
    'last heard by this console: at 1970-01-01 00:01:30 UTC',
  )
  expect(planHash).not.toBeNull()
  expect(typedSite).toBe('west')
  expect(ledger).toMatchObject({
    outage: { lastHeardAt: 90_000, endAt: 95_000 },
    rows: [{ key: 'j', heldUntilAt: 80_000 }],
  })
  expect(script).toContain('promote --force volumes/j')
  const open = await forced({ kind: 'network', at: 95_000, note: '' })
  expect(open.ledger.outage).toEqual({ lastHeardAt: 90_000, endAt: null })
})

test('what a planned run left demoted when its site died can be taken by force; a half copy cannot', async () => {
  await site('west', 'silent')
  await image('nowhere', { verdict: 'both-secondary', primary: null })
  const half = await image('half')
  half.status = 'split-brain'
  world.dead.add('west')
  const { ledger } = await forced()
  expect(ledger.rows.map(({ key }) => key)).toEqual(['nowhere'])
  expect(ledger.setAside).toEqual([expect.objectContaining({ key: 'half' })])
})

test('copies of which nothing is known are named, with what that means', async () => {
  await site('west', 'silent')
  await image('j', { heldUntilAt: null })
  world.dead.add('west')
  const { findings } = await forced()
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'unknown', keys: ['j'] }))
})

async function parted(name: string, parent: string | null = null) {
  const one = await image(name, { verdict: 'two-primaries', primary: null }, parent)
  one.primaryAt.add('north')
  one.tag.set('north', '')
  return one
}

test('protecting again names the site whose copies are put aside, and what each of them is then called', async () => {
  await site('west', 'ok')
  await parted('j')
  const { planHash, typedSite, ledger, findings } = await again(['j'])
  expect(planHash).not.toBeNull()
  expect(typedSite).toBe('west')
  expect(ledger.rows[0]?.text).toContain('kept as j.kept-j')
  expect(findings).toContainEqual(expect.objectContaining({ check: 'room', severity: 'pass' }))
})

test('who chooses the side that wrote nothing over one that did is told so before the click', async () => {
  await site('west', 'ok')
  await parted('j')
  world.wrote.set('west:volumes/j', 12 * 2 ** 20)
  const { findings } = await again(['j'])
  expect(findings).toContainEqual(
    expect.objectContaining({
      ...{ check: 'own-writes', severity: 'warns', keys: ['j'] },
      evidence: expect.stringContaining('12 MiB of its own at west'),
    }),
  )
  world.wrote.clear()
  expect((await again(['j'])).findings).toContainEqual(
    expect.objectContaining({ check: 'own-writes', severity: 'pass' }),
  )
})

test('a clone is not put aside without its parent, nor a parent under a clone that stays', async () => {
  await site('west', 'ok')
  await parted('parent')
  await parted('clone', 'parent')
  expect((await again(['clone'])).ledger.setAside).toEqual([
    expect.objectContaining({ key: 'clone', reason: expect.stringContaining('choose it along') }),
  ])
  expect((await again(['parent'])).ledger.setAside).toEqual([
    expect.objectContaining({ key: 'parent', reason: expect.stringContaining('its clones') }),
  ])
  expect((await again(['parent', 'clone'])).ledger.setAside).toEqual([])
})

test('a full site, a client that holds on, and what is begun already are said before anything starts', async () => {
  await site('west', 'ok', 500)
  const one = await parted('j')
  one.watchers = [{ clientId: '7', address: '10.0.0.1:0/9', entity: 'client.nova', isMirrorDaemon: false }]
  const { planHash, findings } = await again(['j'])
  expect(planHash).not.toBeNull()
  expect(findings).toContainEqual(expect.objectContaining({ check: 'room', severity: 'warns' }))
  expect(findings).toContainEqual(expect.objectContaining({ check: 'clients', severity: 'warns', keys: ['j'] }))
  one.watchers = []
  one.unmirrored.add('west')
  one.primaryAt.delete('west')
  expect((await again(['j'])).planHash).not.toBeNull()
  one.ids.set('west', null)
  expect((await again(['j'])).ledger.setAside[0]?.reason).toContain('nothing of this name')
})
