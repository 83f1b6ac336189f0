import type { z } from 'zod'
import { known, unknown } from '@/lib/domain/reading'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import { AdapterError } from '@/lib/ports/errors'
import {
  FloatingIpItem,
  keypairItem,
  LimitSet,
  NetworkItem,
  PortItem,
  ResourceItem,
  SecurityGroupItem,
  StackItem,
  SubnetItem,
  UserItem,
  WholeFlavor,
} from './estate-items'
import { type Listing, listed } from './listing'
import type { CloudLogin } from './login'
import { session as openSession } from './session'
import { whole, wholeIfThere } from './whole'

const PAGE_SIZE = 500
/** How deep stacks inside a stack are followed: Heat's own limit. */
const NESTED = 5

/**
 * What stands around volumes and servers, over any channel. Throws AdapterError, which never carries a token or a password.
 * `login`: as of `session`. `now` in epoch milliseconds.
 */
export function cloudEstate(
  channel: CloudChannel,
  login: () => CloudLogin,
  options: { readonly pageSize?: number; readonly now?: () => number } = {},
): CloudEstate {
  const { site } = channel
  const { pageSize = PAGE_SIZE, now = Date.now } = options
  const session = openSession(channel, login)
  const all = <S extends z.ZodType>(listing: Omit<Listing<S>, 'pageSize'>) => listed(session, { ...listing, pageSize })

  /** Neutron's lists are all alike. */
  const ofNetwork = <S extends z.ZodType>(items: string, schema: S) =>
    all({
      service: 'network',
      path: `/v2.0/${items.replaceAll('_', '-')}`,
      items,
      links: `${items}_links`,
      schema,
    })

  return {
    site,
    flavors: () =>
      all({
        service: 'compute',
        path: '/flavors/detail?is_public=None',
        items: 'flavors',
        links: 'flavors_links',
        schema: WholeFlavor,
      }),
    users: () => all({ service: 'identity', path: '/users', items: 'users', links: 'links', schema: UserItem }),
    keypairs: (userId) =>
      whole(
        session,
        'compute',
        `/os-keypairs?user_id=${encodeURIComponent(userId)}`,
        'keypairs',
        keypairItem(userId).array(),
      ),
    async quotas(projectId) {
      const id = encodeURIComponent(projectId)
      const [compute, volume, network] = await Promise.all([
        whole(session, 'compute', `/os-quota-sets/${id}`, 'quota_set', LimitSet),
        whole(session, 'volume', `/os-quota-sets/${id}`, 'quota_set', LimitSet),
        whole(session, 'network', `/v2.0/quotas/${id}`, 'quota', LimitSet),
      ])
      return { projectId, compute, volume, network }
    },
    networks: () => ofNetwork('networks', NetworkItem),
    subnets: () => ofNetwork('subnets', SubnetItem),
    networkPorts: () => ofNetwork('ports', PortItem),
    floatingIps: () => ofNetwork('floatingips', FloatingIpItem).catch(noneIfMissing),
    securityGroups: () => ofNetwork('security_groups', SecurityGroupItem),
    async stacks() {
      const { endpoints } = await session.token()
      if (!endpoints.some(({ service }) => service === 'orchestration')) return known([], now())
      try {
        const stacks = await all({
          service: 'orchestration',
          path: '/stacks?global_tenant=true',
          items: 'stacks',
          // Heat gives none, but takes a marker.
          links: null,
          schema: StackItem,
        })
        return known(stacks, now())
      } catch (error) {
        if (!(error instanceof AdapterError) || error.kind !== 'denied') throw error
        return unknown(`${error.told}: grant stacks:global_index in Heat's policy`)
      }
    },
    async stackResources({ id, name }) {
      const path = `/stacks/${encodeURIComponent(name)}/${encodeURIComponent(id)}/resources?nested_depth=${NESTED}`
      return (await wholeIfThere(session, 'orchestration', path, 'resources', ResourceItem.array())) ?? []
    },
  }
}

/** A Neutron without routers has no such list at all. */
function noneIfMissing(error: unknown): readonly [] {
  if (error instanceof AdapterError && error.kind === 'missing') return []
  throw error
}
