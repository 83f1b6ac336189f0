import { fsidOf } from '../peering'
import { accepted, badRequest, ok, type Said } from './answers'
import { volumePolicy } from './cinder-reads'
import type { Cloud } from './cloud'
import { type BackendSpec, backendHost, cinderHost, poolHost } from './cloud-spec'
import { type Asked, type Route, textOr } from './requests'
import { stamp } from './times'
import type { VolumeManager } from './volume-manager'

const GIB = 1_073_741_824

function services(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  volumePolicy(asked, 'volume_extension:services:index')
  const since = (minor: number, fields: object) => (asked.minor >= minor ? fields : {})
  const scheduler = {
    binary: 'cinder-scheduler',
    host: cinderHost(cloud.spec),
    zone: 'nova',
    status: 'enabled',
    state: 'up',
    updated_at: stamp(cloud.now()),
    ...since(7, { cluster: null }),
    disabled_reason: null,
  }
  const volume = cloud.spec.backends.map((backend) => {
    const row = cloud.service(backend)
    return {
      binary: 'cinder-volume',
      host: row.id,
      zone: 'nova',
      status: row.disabled ? 'disabled' : 'enabled',
      state: manager.believedUp() ? 'up' : 'down',
      updated_at: stamp(manager.reportedAt()),
      // The scheduler knows nothing of a backend that is disabled; of a dead cluster it keeps saying `up`.
      ...since(49, { backend_state: row.disabled || !manager.believedUp() ? null : 'up' }),
      ...since(7, { cluster: null }),
      disabled_reason: row.disabledReason,
      replication_status: row.replicationStatus,
      active_backend_id: row.activeBackendId,
      frozen: row.frozen,
    }
  })
  const wanted = asked.query.get('binary')
  return ok({ services: [scheduler, ...volume].filter(({ binary }) => wanted === null || wanted === binary) })
}

function pools(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  volumePolicy(asked, 'scheduler_extension:scheduler_stats:get_pools')
  const there = cloud.spec.backends.filter((one) => !cloud.service(one).disabled && manager.believedUp())
  const detail = (asked.query.get('detail') ?? '').toLowerCase() === 'true'
  return ok({ pools: there.map((one) => ({ name: poolHost(cloud.spec, one), ...(detail ? about(cloud, one) : {}) })) })
}

function about(cloud: Cloud, backend: BackendSpec): object {
  const site = cloud.activeSite(backend)
  const total = cloud.memory.spec.sites.find(({ name }) => name === site)?.totalBytes ?? 0
  const used = cloud.volumesOf(backend).reduce((sum, { sizeGb }) => sum + sizeGb, 0)
  const gb = Math.round((total / GIB) * 100) / 100
  const fsid = fsidOf(cloud.memory.conditions, site)
  return {
    capabilities: {
      vendor_name: 'Open Source',
      driver_version: '1.3.0',
      storage_protocol: 'ceph',
      total_capacity_gb: gb,
      free_capacity_gb: Math.max(0, Math.round((gb - used / 10) * 100) / 100),
      reserved_percentage: 0,
      multiattach: true,
      thin_provisioning_support: true,
      max_over_subscription_ratio: '20',
      // The driver asks the cluster that it works on for the fsid; the rest is of the one that its configuration names first.
      location_info: `ceph:/etc/ceph/${backend.site}.conf:${fsid}:cinder:${backend.pool}`,
      backend_state: 'up',
      qos_support: true,
      volume_backend_name: backend.name,
      replication_enabled: true,
      replication_targets: [...Object.keys(backend.targets), 'default'],
      allocated_capacity_gb: used,
      filter_function: null,
      goodness_function: null,
      timestamp: stamp(cloud.now()).slice(0, 26),
    },
  }
}

/** The backend that the body names by its host, without the pool. */
function named(cloud: Cloud, asked: Asked): BackendSpec {
  const host = textOr((asked.body as Record<string, unknown> | null)?.host, null)
  if (host === null) throw badRequest('Invalid input received: Host field is missing.')
  const backend = cloud.spec.backends.find((one) => backendHost(cloud.spec, one) === host)
  if (backend === undefined) throw badRequest(`No service found with host=${host}`)
  return backend
}

/** cinder/volume/api.py `_replication_db_change`. */
const unchanged = (host: string, field: string, expected: string, tail: string) =>
  badRequest(
    `Invalid input received: No service could be changed: ${field} in ['${host}'] must be ${expected} ${tail}to failover.`,
  )

function failover(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  volumePolicy(asked, 'volume_extension:services:update')
  const backend = named(cloud, asked)
  const row = cloud.service(backend)
  const stands = ['enabled', 'failed-over'].includes(row.replicationStatus)
  if (!stands || !manager.believedUp()) {
    throw unchanged(row.id, 'replication_status', "['enabled', 'failed-over']", 'and must be up ')
  }
  const others = Object.keys(backend.targets).filter((id) => id !== row.activeBackendId)
  const target = textOr((asked.body as Record<string, unknown>).backend_id, others[0] ?? 'default')
  cloud.store.patch('services', row.id, { replicationStatus: 'failing-over' })
  // Nobody takes the message of one that is dead and still believed in.
  if (manager.runs) void manager.failover(backend, target)
  return accepted()
}

function freeze(cloud: Cloud, asked: Asked, frozen: boolean): Said {
  volumePolicy(asked, 'volume_extension:services:update')
  const row = cloud.service(named(cloud, asked))
  if (row.frozen === frozen) throw unchanged(row.id, 'frozen', frozen ? 'False' : 'True', '')
  // Thawing enables the service whatever it was disabled for.
  cloud.store.patch('services', row.id, { frozen, disabled: frozen, disabledReason: frozen ? 'frozen' : '' })
  return { status: 200 }
}

export const cinderServices = (manager: VolumeManager): readonly Route[] => [
  ['GET', /^\/os-services$/, (cloud, asked) => services(cloud, manager, asked)],
  ['GET', /^\/scheduler-stats\/get_pools$/, (cloud, asked) => pools(cloud, manager, asked)],
  ['PUT', /^\/os-services\/failover(?:_host)?$/, (cloud, asked) => failover(cloud, manager, asked)],
  ['PUT', /^\/os-services\/freeze$/, (cloud, asked) => freeze(cloud, asked, true)],
  ['PUT', /^\/os-services\/thaw$/, (cloud, asked) => freeze(cloud, asked, false)],
]
