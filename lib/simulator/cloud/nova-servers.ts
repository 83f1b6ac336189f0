import { accepted, badRequest, notFound, ok, Refusal, type Said } from './answers'
import { attached, attachmentsOf, guestRuns, guestStops } from './attachments'
import type { Cloud } from './cloud'
import { computeOrigin, FLAVOR, linksOf, serverShown } from './nova-views'
import { paged } from './paging'
import { type Asked, actionOf, inside, isAdmin, type Route, textOr } from './requests'
import type { Change, ServerRow } from './rows'

const ALL = ['1', 'true', 'True']

export function serverOf(cloud: Cloud, asked: Asked, id: string): ServerRow {
  const server = cloud.store.get('servers', id)
  if (server === null || !(isAdmin(asked) || server.projectId === asked.projectId))
    throw notFound(`Instance ${id} could not be found.`)
  return server
}

export const novaPolicy = (asked: Asked, rule: string): void => {
  if (!isAdmin(asked)) throw new Refusal(403, `Policy doesn't allow ${rule} to be performed.`)
}

function servers(cloud: Cloud, asked: Asked): Said {
  const all = ALL.includes(asked.query.get('all_tenants') ?? '')
  if (all) novaPolicy(asked, 'os_compute_api:servers:detail:get_all_tenants')
  const wanted = asked.query.get('status')?.toUpperCase()
  const mine = cloud.store.list('servers').filter((one) => all || one.projectId === asked.projectId)
  const rows = mine.filter((one) => wanted === undefined || statusOf(cloud, asked, one) === wanted)
  const page = paged(asked, rows, `${computeOrigin(cloud)}/v2.1/servers/detail`)
  const links = page.links === null ? {} : { servers_links: page.links }
  return ok({ servers: page.rows.map((one) => serverShown(cloud, asked, one)), ...links })
}

const statusOf = (cloud: Cloud, asked: Asked, one: ServerRow): string =>
  (serverShown(cloud, asked, one) as { status: string }).status

/** What a server is on its way to, by its task. After a restart it is carried to its end, as nova-compute does. */
const ENDS: Readonly<Record<string, (cloud: Cloud, server: ServerRow) => void>> = {
  'powering-off': (cloud, server) => {
    guestStops(cloud, server.id)
    settled(cloud, server, { vmState: 'stopped' })
  },
  'powering-on': (cloud, server) => {
    settled(cloud, server, { vmState: 'active' })
    guestRuns(cloud, server)
  },
  // The same connections: a hard reboot asks Cinder for nothing.
  rebooting_hard: (cloud, server) => {
    settled(cloud, server, { vmState: 'active' })
    guestRuns(cloud, server)
  },
  shelving: (cloud, server) => {
    guestStops(cloud, server.id)
    const reserved = attachmentsOf(cloud, server.id).flatMap((one): Change[] => {
      const id = cloud.newId()
      const row = { ...one, id, status: 'reserved' as const, connection: null, attachedAt: null, hostName: null }
      return [
        { table: 'attachments', id: one.id, row: null },
        { table: 'attachments', id, row },
        ...volumeIn(cloud, one.volumeId, 'reserved'),
      ]
    })
    const after = {
      ...server,
      vmState: 'shelved_offloaded' as const,
      taskState: null,
      host: null,
      updatedAt: cloud.now(),
    }
    cloud.store.put([...reserved, { table: 'servers', id: server.id, row: after }])
  },
  /** A new host, and with it new connections, of the cluster that is active now. */
  unshelving: (cloud, server) => {
    const placed = { ...server, host: hostFor(cloud, server), vmState: 'active' as const, taskState: null }
    const made = attachmentsOf(cloud, server.id).flatMap((one) => {
      const volume = cloud.store.get('volumes', one.volumeId)
      return volume === null ? [] : attached(cloud, placed, volume, one.device, one.id)
    })
    cloud.store.put([...made, { table: 'servers', id: server.id, row: { ...placed, updatedAt: cloud.now() } }])
    guestRuns(cloud, placed)
  },
  spawning: (cloud, server) => {
    settled(cloud, { ...server, host: hostFor(cloud, server) }, { vmState: 'active' })
    guestRuns(cloud, { ...server, host: hostFor(cloud, server) })
  },
}

const volumeIn = (cloud: Cloud, id: string, status: string): Change[] => {
  const row = cloud.store.get('volumes', id)
  return row === null ? [] : [{ table: 'volumes', id, row: { ...row, status, updatedAt: cloud.now() } }]
}

const hostFor = (cloud: Cloud, { id }: ServerRow): string => {
  const { computeHosts } = cloud.spec
  return computeHosts[Number.parseInt(id.slice(0, 4), 16) % computeHosts.length] ?? 'compute-1'
}

function settled(cloud: Cloud, server: ServerRow, patch: Partial<ServerRow>): void {
  cloud.store.save('servers', { ...server, taskState: null, ...patch, updatedAt: cloud.now() })
}

/** How much longer than a start or a stop it takes. */
const SHARE: Readonly<Record<string, number>> = { shelving: 5, unshelving: 15, spawning: 9, rebooting_hard: 3 }

function begun(cloud: Cloud, server: ServerRow, taskState: string): Said {
  cloud.store.save('servers', { ...server, taskState, updatedAt: cloud.now() })
  void cloud
    .sleep(cloud.spec.pace.changeMs * (SHARE[taskState] ?? 1))
    .then(() => finishTask(cloud, server.id, taskState))
  return accepted()
}

/** Ends what the server is at, unless it is at something else by now. */
export function finishTask(cloud: Cloud, id: string, taskState: string): void {
  const server = cloud.store.get('servers', id)
  if (cloud.computeDown(server?.host ?? null)) return
  if (server?.taskState === taskState) ENDS[taskState]?.(cloud, server)
}

interface Rule {
  readonly word: string
  readonly from: readonly ServerRow['vmState'][]
  readonly task: string
}

const ACTIONS: Readonly<Record<string, Rule>> = {
  'os-stop': { word: 'stop', from: ['active', 'error'], task: 'powering-off' },
  'os-start': { word: 'start', from: ['stopped'], task: 'powering-on' },
  shelve: { word: 'shelve', from: ['active', 'stopped'], task: 'shelving' },
  unshelve: { word: 'unshelve', from: ['shelved_offloaded'], task: 'unshelving' },
  reboot: { word: 'reboot', from: ['active', 'stopped', 'error'], task: 'rebooting_hard' },
}

function action(cloud: Cloud, asked: Asked, id: string): Said {
  const server = serverOf(cloud, asked, id)
  const rule = ACTIONS[actionOf(asked)]
  if (rule === undefined) {
    if (actionOf(asked) === 'shelveOffload') throw cannot('shelveOffload', server, `vm_state ${server.vmState}`)
    throw badRequest(`There is no such action: ${actionOf(asked)}`)
  }
  if (server.taskState !== null) throw cannot(rule.word, server, `task_state ${server.taskState}`)
  if (!rule.from.includes(server.vmState)) throw cannot(rule.word, server, `vm_state ${server.vmState}`)
  return begun(cloud, server, rule.task)
}

const cannot = (word: string, { id }: ServerRow, state: string): Refusal =>
  new Refusal(409, `Cannot '${word}' instance ${id} while it is in ${state}`)

interface BlockDevice {
  readonly uuid?: string
  readonly boot_index?: number | string
  readonly source_type?: string
}

function create(cloud: Cloud, asked: Asked): Said {
  const body = inside(asked, 'server')
  if (body.flavorRef !== FLAVOR.id) throw badRequest(`Flavor ${String(body.flavorRef)} could not be found.`)
  const devices = ((body.block_device_mapping_v2 ?? []) as readonly BlockDevice[]).filter(
    (one) => one.source_type === 'volume',
  )
  const volumes = devices.map(({ uuid = '' }) => {
    const volume = cloud.store.get('volumes', uuid)
    if (volume?.status !== 'available')
      throw badRequest(`Block Device Mapping is Invalid: failed to get volume ${uuid}.`)
    return volume
  })
  const id = cloud.newId()
  const rootVolume = devices.some((one) => String(one.boot_index) === '0')
  const server: ServerRow = {
    id,
    name: textOr(body.name, ''),
    projectId: asked.projectId,
    userId: cloud.userId(asked.token.user),
    vmState: 'building',
    taskState: 'spawning',
    host: null,
    flavorId: FLAVOR.id,
    imageId: rootVolume ? null : textOr(body.imageRef, null),
    rootDevice: '/dev/vda',
    metadata: (body.metadata ?? {}) as Record<string, string>,
    address: null,
    createdAt: cloud.now(),
    updatedAt: cloud.now(),
  }
  const placed = { ...server, host: hostFor(cloud, server) }
  const letters = rootVolume ? 'abcdefgh' : 'bcdefgh'
  const made = volumes.flatMap((volume, i) => attached(cloud, placed, volume, `/dev/vd${letters[i]}`))
  cloud.store.put([{ table: 'servers', id, row: server }, ...made])
  begun(cloud, server, 'spawning')
  return {
    status: 202,
    headers: { location: `${computeOrigin(cloud)}/v2.1/servers/${id}` },
    body: {
      server: {
        id,
        links: linksOf(cloud, `servers/${id}`),
        'OS-DCF:diskConfig': 'MANUAL',
        security_groups: [{ name: 'default' }],
        adminPass: 'simulated',
      },
    },
  }
}

function remove(cloud: Cloud, asked: Asked, id: string): Said {
  serverOf(cloud, asked, id)
  guestStops(cloud, id)
  const freed = attachmentsOf(cloud, id).flatMap((one): Change[] => [
    { table: 'attachments', id: one.id, row: null },
    ...volumeIn(cloud, one.volumeId, 'available'),
  ])
  cloud.store.put([...freed, { table: 'servers', id, row: null }])
  return { status: 204 }
}

const flavorShown = (cloud: Cloud): object => ({
  ...FLAVOR,
  swap: 0,
  'OS-FLV-EXT-DATA:ephemeral': 0,
  'OS-FLV-DISABLED:disabled': false,
  'os-flavor-access:is_public': true,
  rxtx_factor: 1,
  description: null,
  extra_specs: {},
  links: linksOf(cloud, `flavors/${FLAVOR.id}`),
})

export const NOVA_SERVERS: readonly Route[] = [
  ['GET', /^\/servers\/detail$/, servers],
  [
    'GET',
    /^\/servers\/([^/]+)$/,
    (cloud, asked, [id = '']) => ok({ server: serverShown(cloud, asked, serverOf(cloud, asked, id)) }),
  ],
  ['POST', /^\/servers$/, create],
  ['DELETE', /^\/servers\/([^/]+)$/, (cloud, asked, [id = '']) => remove(cloud, asked, id)],
  ['POST', /^\/servers\/([^/]+)\/action$/, (cloud, asked, [id = '']) => action(cloud, asked, id)],
  ['GET', /^\/flavors\/detail$/, (cloud) => ok({ flavors: [flavorShown(cloud)] })],
]
