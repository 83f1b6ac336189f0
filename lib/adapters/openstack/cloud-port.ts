import type { z } from 'zod'
import type { CloudService } from '@/lib/domain/cloud'
import type { CloudPort, Which } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import { bareArgv, type ControllerActor } from '@/lib/ports/controller'
import { AttachmentItem, PoolItem, ServiceItem, SnapshotItem, TypeItem, VolumeItem } from './cinder'
import { actOf, cloudActs } from './cloud-act'
import { curlOf } from './curl'
import { ImageItem } from './glance'
import { identityOf, ProjectItem } from './keystone'
import { type Listing, listed } from './listing'
import type { CloudLogin } from './login'
import { reaches } from './microversion'
import { ComputeItem, DiskItem, FlavorItem, ServerItem } from './nova'
import { tooOld } from './service-error'
import { session as openSession } from './session'
import type { Token } from './token'
import { whole, wholeIfThere } from './whole'

export interface CloudPortOptions {
  /** How many of a list are asked for at once. A service may give fewer. */
  readonly pageSize?: number
}

/** A page of 500 volumes is 1 MB, which takes 10 ms to read. */
const PAGE_SIZE = 500
/** More than these by id, and the whole list is the shorter way. */
const SINGLY = 20

const controllerActor = ({ controller }: CloudChannel): ControllerActor | null =>
  controller && {
    act: (argv, options) => controller.run(bareArgv(argv), options),
    mayLive: controller.mayLive,
    shown: (argv) => controller.shown(bareArgv(argv)),
  }

/** A site's cloud over any channel. Throws AdapterError, which never carries a token or a password. `login`: as of `session`. */
export function cloudPort(channel: CloudChannel, login: () => CloudLogin, options: CloudPortOptions = {}): CloudPort {
  const { site } = channel
  const session = openSession(channel, login)
  const acts = cloudActs(site, session)
  const pageSize = options.pageSize ?? PAGE_SIZE

  const all = <S extends z.ZodType>(listing: Omit<Listing<S>, 'pageSize'>) => listed(session, { ...listing, pageSize })

  /** `all` of a list, or some of it: one by one where they are few. */
  async function which<S extends z.ZodType<{ readonly id: string }>>(
    wanted: Which,
    one: { readonly path: (id: string) => string; readonly key: string },
    list: Omit<Listing<S>, 'pageSize'>,
  ): Promise<readonly z.output<S>[]> {
    if (wanted === 'all') return all(list)
    const ids = [...new Set(wanted)]
    if (ids.length > SINGLY) {
      const chosen = new Set(ids)
      return (await all(list)).filter(({ id }) => chosen.has(id))
    }
    const found = await Promise.all(
      ids.map((id) => wholeIfThere(session, list.service, one.path(encodeURIComponent(id)), one.key, list.schema)),
    )
    return found.filter((item) => item !== null)
  }

  async function least(service: CloudService, version: string, what: string): Promise<void> {
    const place = await session.place(service)
    if (reaches(place.version, version)) return
    throw tooOld({ site, service, region: place.region, what, user: null }, place.version, version)
  }

  const volumeServices = () =>
    whole(session, 'volume', '/os-services?binary=cinder-volume', 'services', ServiceItem.array())

  let admitted: Token | null = null
  /** Of whoever is no administrator Cinder leaves out all other projects without a word. This question it refuses instead. */
  async function mayAll(wanted: Which): Promise<void> {
    const token = await session.token()
    if (wanted !== 'all' || admitted === token) return
    await volumeServices()
    admitted = token
  }

  return {
    site,
    identity: () => identityOf(session),
    projects: () =>
      all({ service: 'identity', path: '/projects', items: 'projects', links: 'links', schema: ProjectItem }),
    volumeServices,
    backendPools: () => whole(session, 'volume', '/scheduler-stats/get_pools?detail=True', 'pools', PoolItem.array()),
    volumeTypes: () =>
      all({
        service: 'volume',
        path: '/types?is_public=None',
        items: 'volume_types',
        links: 'volume_type_links',
        schema: TypeItem,
      }),
    async volumes(wanted) {
      await mayAll(wanted)
      return which(
        wanted,
        { path: (id) => `/volumes/${id}`, key: 'volume' },
        {
          service: 'volume',
          path: '/volumes/detail?all_tenants=1',
          items: 'volumes',
          links: 'volumes_links',
          schema: VolumeItem,
        },
      )
    },
    async snapshots(wanted) {
      await mayAll(wanted)
      return which(
        wanted,
        { path: (id) => `/snapshots/${id}`, key: 'snapshot' },
        {
          service: 'volume',
          path: '/snapshots/detail?all_tenants=1',
          items: 'snapshots',
          links: 'snapshots_links',
          schema: SnapshotItem,
        },
      )
    },
    async attachments(wanted) {
      await least('volume', '3.27', 'GET /attachments')
      await mayAll(wanted)
      return which(
        wanted,
        { path: (id) => `/attachments/${id}`, key: 'attachment' },
        {
          service: 'volume',
          path: '/attachments/detail?all_tenants=1',
          items: 'attachments',
          // Cinder gives none here, but takes a marker.
          links: null,
          schema: AttachmentItem,
        },
      )
    },
    async glanceImages() {
      const images = (query: string) =>
        all({ service: 'image', path: `/v2/images?${query}`, items: 'images', links: 'next', schema: ImageItem })
      // Of hidden ones Glance says nothing unless asked, and volumes are made of them too.
      const [shown, hidden] = await Promise.all([images('visibility=all'), images('visibility=all&os_hidden=true')])
      return [...shown, ...hidden]
    },
    async servers(wanted) {
      const servers = await which(
        wanted,
        { path: (id) => `/servers/${id}`, key: 'server' },
        {
          service: 'compute',
          path: '/servers/detail?all_tenants=1',
          items: 'servers',
          links: 'servers_links',
          schema: ServerItem,
        },
      )
      if (servers.length === 0 || reaches((await session.place('compute')).version, '2.47')) return servers
      // An older Nova gives the flavor's id alone.
      const flavors = await all({
        service: 'compute',
        path: '/flavors?is_public=None',
        items: 'flavors',
        links: 'flavors_links',
        schema: FlavorItem,
      })
      const names = new Map(flavors.map(({ id, name }) => [id, name]))
      return servers.map((server) => ({ ...server, flavor: names.get(server.flavor) ?? server.flavor }))
    },
    controller: controllerActor(channel),
    async serverDisks(serverIds) {
      if (serverIds.length === 0) return []
      await least('compute', '2.79', 'GET /servers/ID/os-volume_attachments')
      const disks = await Promise.all(
        [...new Set(serverIds)].map((id) => {
          const path = `/servers/${encodeURIComponent(id)}/os-volume_attachments`
          return wholeIfThere(session, 'compute', path, 'volumeAttachments', DiskItem.array())
        }),
      )
      return disks.flatMap((of) => of ?? [])
    },
    computeServices: () =>
      whole(session, 'compute', '/os-services?binary=nova-compute', 'services', ComputeItem.array()),
    act: acts.act,
    mayLive: async (attemptId, handle) => acts.mayLive(attemptId, handle),
    shown: (argv) => {
      const request = actOf(argv)
      return curlOf(request, session.known(request.service))
    },
  }
}
