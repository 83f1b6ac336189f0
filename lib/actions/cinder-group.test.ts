import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import type { Condition, GroupSpec } from '@/lib/domain/group'
import { aGroup } from '@/lib/domain/group-fixture'
import type { memberName } from '@/lib/domain/plan'
import { type CinderWorld, cinderWorld } from '@/lib/engine/tiny-cinder'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import type { CinderIntent } from '@/lib/views/cinder-failover'
import type { SetUpPreview } from '@/lib/views/set-up'
import { previewCinderAction, startCinderAction } from './cinder-failover'
import { cinderConsole } from './cinder-fixture'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const intent: CinderIntent = {
  ...{ cloud: 'west', host: 'cinder@ceph', target: 'secondary', clients: 'wait' },
  group: 'shop',
}
const WHOLE: Condition[] = [{ on: 'backend', is: 'cinder@ceph' }]

let world: CinderWorld
let store: Store

beforeEach(async () => {
  world = cinderWorld()
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' })
  asked.context = await cinderConsole(world, store)
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

const save = (spec: GroupSpec) =>
  store
    .insertInto('protection_groups')
    .values({
      ...{ id: `g-${spec.name}`, name: spec.name, name_key: spec.name, cloud: 'west', rpo_sec: null, priority: 3 },
      ...{ spec: JSON.stringify(spec), version: 1, selection_version: 1, accepted_version: 1 },
      ...{ created_by: '{}', changed_by: '{}', created_at: 0, changed_at: 0 },
    })
    .execute()

async function looked(change: Partial<CinderIntent> = {}): Promise<SetUpPreview> {
  const answer = await previewCinderAction({ ...intent, ...change })
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}

test('a group that is the whole backend goes, in the order of its stages and with its gates', async () => {
  await save(
    aGroup('shop', WHOLE, {
      stages: [
        { match: [{ by: 'name', name: '*app' }], gates: [{ kind: 'human', question: 'Is it up?' }] },
        { match: [{ by: 'name', name: '*db' }], gates: [{ kind: 'pause', sec: 5 }] },
      ],
    }),
  )
  const preview = await looked()
  expect(preview.refusal).toBeNull()
  const started = await startCinderAction({
    ...{ requestId: crypto.randomUUID(), intent, planHash: preview.planHash ?? '', typed: 'west' },
    consents: ['spoiled-volumes'],
  })
  expect(started).toMatchObject({ ok: true })
  const { plan, title } = await store.selectFrom('runs').select(['plan', 'title']).executeTakeFirstOrThrow()
  expect(title).toContain('group shop')
  const { members } = JSON.parse(plan) as { members: Parameters<typeof memberName>[0][] }
  const orders = members.flatMap((one) => (one.kind === 'server' ? [[one.id, one.bootOrder]] : []))
  expect(Object.fromEntries(orders)).toEqual({ app: 0, db: 1 })
  expect(members.flatMap((one) => (one.kind === 'gate' ? [[one.after, one.gate.kind]] : []))).toEqual([
    [0, 'human'],
    [1, 'pause'],
  ])
})

test.each<[string, () => Promise<unknown>, Partial<CinderIntent>, RegExp]>([
  [
    'a group that is a part of its backend, naming the rest and a backend of its own',
    () => save(aGroup('shop', [{ on: 'server', is: '*app' }])),
    {},
    /2 replicated volumes of cinder@ceph are not in group shop: disk root \(root\), disk data \(data\).*whole backend.*adopt/s,
  ],
  [
    'a group with a member of another, with both names',
    async () => {
      await save(aGroup('shop', WHOLE))
      await save(aGroup('apps', [{ on: 'server', is: '*app' }]))
    },
    {},
    /has members that another group has too: .*“apps” and “shop”/,
  ],
  [
    'a group on two backends',
    async () => {
      world.tinyCloud.volume('far', { host: 'cinder@other#volumes' })
      await save(aGroup('shop', [{ on: 'backend', is: 'cinder@*' }]))
    },
    {},
    /is on 2 backends: cinder@ceph \(3 of 3\), cinder@other \(1 of 1\)/,
  ],
  [
    'a group that is cut',
    () =>
      save(
        aGroup('shop', [{ on: 'server', is: '*' }], {
          selection: { except: { volumes: ['data'], servers: [] } },
        }),
      ),
    {},
    /is cut in 1 place: .*without the volume disk data/,
  ],
  ['a group that is not there', async () => {}, { group: 'gone' }, /There is no group gone/],
])('%s is refused before anything is changed', async (_, spoil, change, reason) => {
  await spoil()
  const answer = await previewCinderAction({ ...intent, ...change })
  expect(answer.ok ? answer.value.refusal : answer.message).toMatch(reason)
  if (answer.ok) expect(answer.value.planHash).toBeNull()
  expect(world.commands).toEqual([])
})

test('the stanza of a backend of its own is written out of what is known', async () => {
  const service = { host: 'cinder@ceph' }
  const location = { conf: '/etc/ceph/west.conf', fsid: 'f', user: 'cinder', pool: 'volumes' }
  const report = {
    backends: [{ service, pools: [{ host: 'cinder@ceph', targets: ['secondary', 'default'], location }] }],
  }
  await store
    .insertInto('clouds')
    .values({ site: 'west', state: 'ok', error: '', report: JSON.stringify(report) })
    .execute()
  await save(aGroup('shop', [{ on: 'server', is: '*app' }]))
  const { findings } = await looked()
  const command = findings.find(({ title }) => title.includes('not in group shop'))?.command ?? ''
  expect(command).toContain('enabled_backends = ceph,ceph-shop\n\n[ceph-shop]\n')
  expect(command).toContain('rbd_pool = volumes\nrbd_user = cinder\nrbd_ceph_conf = /etc/ceph/west.conf')
  expect(command).toContain('replication_device = backend_id:secondary,')
  expect(command).not.toContain('backend_id:default')
})

test('a marked member that Cinder takes along all the same is named, and has to be agreed to', async () => {
  await save(aGroup('shop', WHOLE, { marks: [{ mark: 'recover-only', match: { by: 'name', name: '*db' } }] }))
  const preview = await looked()
  expect(preview.findings).toContainEqual(
    expect.objectContaining({
      consent: 'marked-members',
      title: '3 members marked “recover only” go along',
      evidence: expect.stringContaining('server server db'),
    }),
  )
  const start = (consents: string[]) =>
    startCinderAction({
      ...{ requestId: crypto.randomUUID(), intent, planHash: preview.planHash ?? '', typed: 'west', consents },
    })
  expect(await start(['spoiled-volumes'])).toMatchObject({ ok: false })
  expect(await start(['spoiled-volumes', 'marked-members'])).toMatchObject({ ok: true })
})

test('who is in the group is found afresh: what came in since the look is another plan', async () => {
  await save(aGroup('shop', [{ on: 'server', is: '*' }]))
  const preview = await looked()
  expect(preview.refusal).toBeNull()
  world.tinyCloud.volume('new')
  const started = await startCinderAction({
    ...{ requestId: crypto.randomUUID(), intent, planHash: preview.planHash ?? '', typed: 'west' },
    consents: ['spoiled-volumes'],
  })
  expect(started).toMatchObject({ ok: false })
  expect((await looked()).refusal).toMatch(/disk new \(new\)/)
})
