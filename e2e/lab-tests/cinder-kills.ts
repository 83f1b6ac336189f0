import { join } from 'node:path'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import { judge } from './cinder-judge'
import { BACKEND, cinderLab } from './cinder-lab'
import { cinderTold, novaTold, type Told } from './cinder-told'
import { cloudOfLab, cloudState, madeInCloud } from './cloud'
import { type DrillOptions, drill, type KillDrill } from './kill-drill'
import { actLog, openAt } from './recorded'

/**
 * A kill is aimed at one of so many changes after the start of a worker: a run has some sixty, Nova's own at Cinder among
 * them, so that three kills reach from the first demotions to the last attachments.
 */
const AMONG = 20

/** Twelve volumes, ten of them replicated, and three servers, two of which boot from one; in two orders. */
async function fill(): Promise<void> {
  await madeInCloud('volumes', '2', '--type', 'plain', '--prefix', 'plain')
  const own = await madeInCloud('volumes', '8', '--data', '--prefix', 'own')
  const id = (index: number) => own[index]?.id ?? ''
  const server = async (name: string, order: number, ...more: string[]) => {
    const [one] = await madeInCloud('servers', '1', '--prefix', name, ...more)
    await cloudOfLab.act(cloudArgvOfOrder(one?.id ?? '', order))
  }
  await server('db', 1, '--from-volume', '--attach', id(0))
  await server('app', 2, '--attach', id(1), id(2))
  await server('web', 2, '--from-volume', '--attach', id(3))
}

const cloudArgvOfOrder = (server: string, order: number): readonly string[] => [
  ...['openstack', 'compute', 'POST', `/servers/${server}/metadata`],
  JSON.stringify({ metadata: { 'antipode:boot-order': `${order}` } }),
]

/** A whole backend of Cinder with its servers, judged by `rbd`, the recorder, and what Cinder and Nova say that they were told. */
export async function cinderKillDrill(options: DrillOptions): Promise<KillDrill> {
  await fill()
  const before = await cloudState()
  const recordTo = join(process.env.TMPDIR ?? '/tmp', `antipode-recorded-cinder-${process.pid}-${options.seed}.log`)
  const world = await cinderLab({ recordTo, changesPerCluster: 3 })
  const acts = actLog(recordTo)
  const told = cinderTold()
  const replicated = before.volumes.filter(({ name }) => !name.startsWith('plain'))
  const images = replicated.map(({ id }) => `volumes/volume-${id}`)
  const asked = () => Promise.all(before.servers.map(async ({ id }) => [id, await novaTold(id)] as const))
  let askedBefore = new Map(await asked())
  const began = (since: number) => [
    ...acts.read().filter(({ startedAt }) => startedAt > since),
    ...told.read().filter(({ at }) => at > since),
  ]

  const drilled = {
    ...{ images, log: `${recordTo}.roles`, among: AMONG },
    changes: {
      isDue: (since: number, skip: number) => began(since).length > skip,
      openAt: (at: number) => [
        ...openAt(acts.read(), at).map(({ site, verb, target }) => `${site}: ${verb} ${target}`),
        ...told.read().flatMap((one) => (one.at <= at && one.status === null ? [`Cinder: ${one.what}`] : [])),
      ],
    },
    startWorker: () => world.startWorker(),
    async begin(_: string, to: string) {
      const intent = world.intentOf(to === BACKEND.cloud ? WAY_BACK : BACKEND.target)
      return world.start(intent, await world.untilItCanGo(intent))
    },
    hasEnded: world.hasEnded,
    run: world.run,
    async against(since: number, from: string, to: string) {
      const cinder = told.read().filter(({ at }) => at >= since)
      const rbd = acts.read().filter(({ startedAt }) => startedAt >= since)
      const now = new Map(await asked())
      const nova = [...now].map(([id, all]) => ({
        name: before.servers.find((one) => one.id === id)?.name ?? id,
        actions: [...all].filter(([request]) => !askedBefore.get(id)?.has(request)).map(([, action]) => action),
      }))
      askedBefore = now
      const wrongs = [
        ...wrongOrders(cinder),
        ...wrongDemotions(rbd, images, from),
        ...nova.flatMap(({ name, actions }) => wrongActions(name, actions)),
        ...(await wrongEnd(before, to)),
      ]
      return { acts: cinder.length + rbd.length + nova.flatMap(({ actions }) => actions).length, wrongs }
    },
  }
  try {
    return await drill(drilled, options)
  } finally {
    await world.close()
  }
}

function wrongOrders(told: readonly Told[]): readonly string[] {
  const failovers = told.filter(({ what }) => what.endsWith('failover_host'))
  if (failovers.length === 1) return []
  return [`Cinder was told to fail over ${failovers.length} times: ${failovers.map((one) => one.requestId).join(', ')}`]
}

function wrongDemotions(acts: ReturnType<ReturnType<typeof actLog>['read']>, images: readonly string[], from: string) {
  const others = acts.filter(({ verb, site }) => verb !== 'demote' || site !== from)
  return [
    ...others.map(({ verb, site, target }) => `${verb} of ${target} was run at ${site}`),
    ...images.flatMap((image) => {
      const times = acts.filter(({ target, exit }) => target === image && exit === 0).length
      return times === 1 ? [] : [`${image} was demoted ${times} times`]
    }),
  ]
}

/** A server is brought up by one start or one unshelve, and nothing is asked of it twice. */
function wrongActions(name: string, actions: readonly string[]): readonly string[] {
  const count = (...wanted: string[]) => actions.filter((action) => wanted.includes(action)).length
  const up = count('start', 'unshelve')
  const twice = ['start', 'unshelve', 'stop', 'shelve'].filter((action) => count(action) > 1)
  return [
    ...(up === 1 ? [] : [`server ${name} was brought up ${up} times: ${actions.join(', ')}`]),
    ...twice.map((action) => `server ${name} was told ${action} ${count(action)} times`),
  ]
}

/** Where it ended: roles by `rbd info`, statuses and servers by their services. */
async function wrongEnd(before: Awaited<ReturnType<typeof cloudState>>, to: string): Promise<readonly string[]> {
  const { volumes, primaries, backend } = await judge()
  const { servers } = await cloudState()
  const isBack = to === BACKEND.cloud
  const found: string[] = []
  for (const [name, at] of Object.entries(primaries))
    if (at.length !== 1 || at[0] !== to)
      found.push(`the image of ${name} is primary at ${at.join(' and ') || 'no site'}`)
  for (const { name, status } of before.volumes) {
    const wanted = name.startsWith('plain') && !isBack ? 'error' : status
    const is = volumes[name]?.split('/')[0]
    if (is !== wanted) found.push(`volume ${name} is ${is ?? 'not there'}, not ${wanted}`)
  }
  for (const { name, status } of servers) if (status !== 'ACTIVE') found.push(`server ${name} is ${status}`)
  if (backend.status !== 'enabled' || backend.frozen)
    found.push(`the backend is ${backend.status}, frozen: ${backend.frozen}`)
  if ((backend.active_backend_id || WAY_BACK) !== (isBack ? WAY_BACK : BACKEND.target))
    found.push(`the backend serves from ${backend.active_backend_id || WAY_BACK}`)
  return found
}
