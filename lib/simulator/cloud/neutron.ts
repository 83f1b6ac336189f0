import { notFound, ok, type Said } from './answers'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import type { Route } from './requests'

const link = (cloud: Cloud) => [{ href: `${originOf(cloud.site, 'network')}/v2.0/`, rel: 'self' }]

export const neutronVersions = (cloud: Cloud): Said =>
  ok({ versions: [{ id: 'v2.0', status: 'CURRENT', links: link(cloud) }] })

/** One network, and a port of every server that has an address. */
export const NEUTRON: readonly Route[] = [
  [
    'GET',
    /^\/v2\.0\/networks$/,
    (cloud) =>
      ok({
        networks: [
          { id: cloud.projectId('network'), name: 'private', status: 'ACTIVE', admin_state_up: true, shared: true },
        ],
      }),
  ],
  [
    'GET',
    /^\/v2\.0\/ports$/,
    (cloud) =>
      ok({
        ports: cloud.store
          .list('servers')
          .filter(({ address }) => address !== null)
          .map(({ id, address, projectId }) => ({
            id: cloud.projectId(`port ${id}`),
            device_id: id,
            device_owner: 'compute:nova',
            tenant_id: projectId,
            project_id: projectId,
            status: 'ACTIVE',
            fixed_ips: [{ ip_address: address }],
          })),
      }),
  ],
  ['GET', /^\/v2\.0\/(?:subnets|routers|security-groups|floatingips)$/, emptyList],
]

function emptyList(_cloud: Cloud, { path }: { readonly path: string }): Said {
  const name = path.split('/').at(-1)?.replaceAll('-', '_')
  if (name === undefined) throw notFound('The resource could not be found.')
  return ok({ [name]: [] })
}
