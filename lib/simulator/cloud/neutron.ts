import { ok, type Said } from './answers'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import { limitOf, start } from './paging'
import type { Asked, Route } from './requests'

const link = (cloud: Cloud) => [{ href: `${originOf(cloud.site, 'network')}/v2.0/`, rel: 'self' }]

export const neutronVersions = (cloud: Cloud): Said =>
  ok({ versions: [{ id: 'v2.0', status: 'CURRENT', links: link(cloud) }] })

/** Without `limit` Neutron gives all. */
const MOST = 1_000_000
const QUOTA = { network: 100, subnet: 100, subnetpool: -1, port: 1000, rbac_policy: 10, security_group: 10 }

/** A list of Neutron: a page of it, by the order of ids, with a link to the next. */
const list =
  (items: string, rows: (cloud: Cloud) => readonly { readonly id: string }[]) =>
  (cloud: Cloud, asked: Asked): Said => {
    const sorted = [...rows(cloud)].sort((a, b) => (a.id < b.id ? -1 : 1))
    const from = start(asked, sorted)
    const limit = limitOf(asked, MOST)
    const page = sorted.slice(from, from + limit)
    const query = new URLSearchParams(asked.query)
    query.set('marker', page.at(-1)?.id ?? '')
    const href = `${originOf(cloud.site, 'network')}${asked.path}?${query}`
    const links = from + limit < sorted.length ? { [`${items}_links`]: [{ rel: 'next', href }] } : {}
    return ok({ [items]: page, ...links })
  }

const networkId = (cloud: Cloud): string => cloud.projectId('network')
const subnetId = (cloud: Cloud): string => cloud.projectId('subnet')
const groupId = (cloud: Cloud, projectId: string): string => cloud.projectId(`security group ${projectId}`)

const owner = (projectId: string) => ({ tenant_id: projectId, project_id: projectId })

const portsOf = (cloud: Cloud) =>
  cloud.store.list('servers').flatMap(({ id, address, projectId }) =>
    address === null
      ? []
      : [
          {
            ...{ id: cloud.projectId(`port ${id}`), name: '', network_id: networkId(cloud), status: 'ACTIVE' },
            ...{ device_id: id, device_owner: 'compute:nova', ...owner(projectId) },
            ...{ mac_address: 'fa:16:3e:00:00:01', fixed_ips: [{ subnet_id: subnetId(cloud), ip_address: address }] },
            security_groups: [groupId(cloud, projectId)],
          },
        ],
  )

/** One network with one subnet; a port of every server that has an address; a security group of every project. */
export const NEUTRON: readonly Route[] = [
  [
    'GET',
    /^\/v2\.0\/networks$/,
    list('networks', (cloud) => [
      {
        ...{ id: networkId(cloud), name: 'private', status: 'ACTIVE', admin_state_up: true, shared: true },
        ...owner(cloud.projectId(cloud.spec.projects[0] ?? '')),
        ...{ mtu: 1500, 'router:external': false, subnets: [subnetId(cloud)] },
      },
    ]),
  ],
  [
    'GET',
    /^\/v2\.0\/subnets$/,
    list('subnets', (cloud) => [
      {
        ...{ id: subnetId(cloud), name: 'private', network_id: networkId(cloud), cidr: '10.0.0.0/8', ip_version: 4 },
        ...owner(cloud.projectId(cloud.spec.projects[0] ?? '')),
        ...{ gateway_ip: '10.0.0.1', enable_dhcp: true, dns_nameservers: [], host_routes: [] },
      },
    ]),
  ],
  ['GET', /^\/v2\.0\/ports$/, list('ports', portsOf)],
  [
    'GET',
    /^\/v2\.0\/security-groups$/,
    list('security_groups', (cloud) =>
      cloud.spec.projects.map((name) => {
        const projectId = cloud.projectId(name)
        const rules = ['ingress', 'egress'].map((direction) => ({ id: `${projectId} ${direction}`, direction }))
        return { id: groupId(cloud, projectId), name: 'default', ...owner(projectId), security_group_rules: rules }
      }),
    ),
  ],
  ['GET', /^\/v2\.0\/floatingips$/, list('floatingips', () => [])],
  ['GET', /^\/v2\.0\/quotas\/([^/]+)$/, () => ok({ quota: QUOTA })],
]
