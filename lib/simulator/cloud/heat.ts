import { ok, type Refusal, Refusal as Refused, type Said } from './answers'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import { FLAVOR } from './nova-views'
import { limitOf, newestFirst, start } from './paging'
import { type Asked, isAdmin, type Route } from './requests'
import type { StackRow } from './rows'
import { zulu } from './times'

/** Heat takes no more for a page. */
const MOST = 1_000

const TITLES: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found' }
const EXPLAINED: Readonly<Record<number, string>> = {
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
}

export const heatFault = ({ status, message }: Refusal): object => ({
  code: status,
  title: TITLES[status] ?? '',
  explanation: EXPLAINED[status] ?? '',
  error: { type: status === 403 ? 'Forbidden' : 'EntityNotFound', traceback: null, message },
})

const link = (cloud: Cloud, path: string) => `${originOf(cloud.site, 'orchestration')}/v1/${path}`

export const heatVersions = (cloud: Cloud): Said => ({
  status: 300,
  body: { versions: [{ id: 'v1.0', status: 'CURRENT', links: [{ rel: 'self', href: link(cloud, '') }] }] },
})

function stacks(cloud: Cloud, asked: Asked): Said {
  const all = /^true$/i.test(asked.query.get('global_tenant') ?? '')
  // As where the policy grants it to administrators; Heat's own default grants it to nobody.
  if (all && !isAdmin(asked)) throw new Refused(403, 'You are not authorized to use stacks:global_index.')
  const mine = newestFirst(cloud.store.list('stacks')).filter((one) => all || one.projectId === asked.projectId)
  const from = start(asked, mine)
  return ok({ stacks: mine.slice(from, from + limitOf(asked, MOST)).map((one) => stackShown(cloud, one, all)) })
}

const stackShown = (cloud: Cloud, { id, name, projectId, status, createdAt, updatedAt }: StackRow, all: boolean) => ({
  id,
  ...(all && { project: projectId }),
  links: [{ rel: 'self', href: link(cloud, `${projectId}/stacks/${name}/${id}`) }],
  stack_name: name,
  description: '',
  stack_status: status,
  stack_status_reason: '',
  creation_time: zulu(createdAt),
  updated_time: updatedAt === null ? null : zulu(updatedAt),
  deletion_time: null,
  stack_owner: null,
  parent: null,
  stack_user_project_id: '',
  tags: null,
})

function resources(cloud: Cloud, asked: Asked, [name = '', id = '']: readonly string[]): Said {
  const stack = cloud.store.get('stacks', id)
  if (stack === null || stack.name !== name || !(isAdmin(asked) || stack.projectId === asked.projectId))
    throw new Refused(404, `The Stack (${name}/${id}) could not be found.`)
  return ok({
    resources: stack.resources.map((one) => ({
      resource_name: one.name,
      logical_resource_id: one.name,
      resource_type: one.type,
      physical_resource_id: one.physicalId,
      resource_status: one.status,
      resource_status_reason: 'state changed',
      creation_time: zulu(stack.createdAt),
      updated_time: zulu(stack.updatedAt ?? stack.createdAt),
      required_by: [],
      links: [],
    })),
  })
}

export const HEAT: readonly Route[] = [
  ['GET', /^\/stacks$/, stacks],
  ['GET', /^\/stacks\/([^/]+)\/([^/]+)\/resources$/, resources],
]

/** A stack as Heat leaves it when it is done: a server with an address, and a keypair of whoever owns it. */
export function makeStack(cloud: Cloud, name: string): void {
  const now = cloud.now()
  const user = cloud.spec.users.find(({ role }) => role === 'member') ?? cloud.spec.users[0]
  const projectId = cloud.projectId(user?.project ?? '')
  const userId = cloud.userId(user?.name ?? '')
  const [serverId, stackId, key] = [cloud.newId(), cloud.newId(), `${name}-key`]
  cloud.store.save('servers', {
    ...{ id: serverId, name: `${name}-server`, projectId, userId, vmState: 'active', taskState: null },
    ...{ host: cloud.spec.computeHosts[0] ?? null, flavorId: FLAVOR.id, rootDevice: '/dev/vda', metadata: {} },
    imageId: cloud.store.list('images')[0]?.id ?? cloud.newId(),
    address: '10.10.0.7',
    createdAt: now,
    updatedAt: now,
  })
  cloud.store.save('keypairs', { id: `${key} ${userId}`, name: key, userId, publicKey: 'ssh-ed25519 AAAA simulated' })
  const made = (what: string, type: string, physicalId: string) => ({
    ...{ name: what, type, physicalId, status: 'CREATE_COMPLETE' },
  })
  const row = { id: stackId, name, projectId, status: 'CREATE_COMPLETE', createdAt: now, updatedAt: null }
  const things = [made('server', 'OS::Nova::Server', serverId), made('key', 'OS::Nova::KeyPair', key)]
  cloud.store.save('stacks', { ...row, resources: things })
}
