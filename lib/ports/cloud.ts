import type {
  BackendPool,
  CloudIdentity,
  CloudService,
  ComputeService,
  GlanceImage,
  Project,
  Server,
  ServerDisk,
  Volume,
  VolumeAttachment,
  VolumeService,
  VolumeSnapshot,
  VolumeType,
} from '@/lib/domain/cloud'
import type { SiteName } from '@/lib/domain/words'
import type { ChangeOptions, CommandResult, ProcessHandle } from './channel'
import type { ControllerActor } from './controller'

/** What to read of the many: all of the cloud, or these by id. Those that are not there are left out of the answer. */
export type Which = 'all' | readonly string[]

/**
 * The OpenStack cloud of one site. Batch-shaped: `all` is as few pages as the service gives. Every method reads all tenants.
 * Throws AdapterError, which names service, region and request id, and never carries a token or a password.
 */
export interface CloudPort {
  readonly site: SiteName
  identity(): Promise<CloudIdentity>
  projects(): Promise<readonly Project[]>
  volumeServices(): Promise<readonly VolumeService[]>
  backendPools(): Promise<readonly BackendPool[]>
  volumeTypes(): Promise<readonly VolumeType[]>
  volumes(which: Which): Promise<readonly Volume[]>
  snapshots(which: Which): Promise<readonly VolumeSnapshot[]>
  attachments(which: Which): Promise<readonly VolumeAttachment[]>
  glanceImages(): Promise<readonly GlanceImage[]>
  servers(which: Which): Promise<readonly Server[]>
  /** The volumes on these servers as Nova has them; of a server that is not there, none. Needs compute 2.79. */
  serverDisks(serverIds: readonly string[]): Promise<readonly ServerDisk[]>
  computeServices(): Promise<readonly ComputeService[]>
  /**
   * Sends one change as it was shown: an argv of `cloudArgv`. `exit` is 0 for a status of 2xx, else that status;
   * `stdout` the answer's body, `stderr` the error in words. `overdue`: no answer yet. It is never called off.
   */
  act(argv: readonly string[], options: ChangeOptions): Promise<CommandResult>
  /** Of an attempt whose request this process still waits for it is `lives`; of one that it never sent, `gone`. */
  mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'>
  /** What no API does, by `controllerArgv`; null where the configuration grants no controller. */
  readonly controller: ControllerActor | null
  /** The request as the operator could send it by hand: `curl` with a token from `openstack token issue`. No secret. */
  shown(argv: readonly string[]): readonly string[]
}

/** In a request that is shown: a shell puts the operator's own token there, of `openstack token issue`. */
export const TOKEN_HEADER = 'X-Auth-Token: $OS_TOKEN'

/** `openstack SERVICE METHOD PATH [BODY]`: BODY is JSON. PATH is what follows the endpoint in the catalogue. */
const request = (service: CloudService, method: string, path: string, body?: unknown): readonly string[] => [
  ...['openstack', service, method, path],
  ...(body === undefined ? [] : [JSON.stringify(body)]),
]
const volumeAction = (id: string, action: string, body: unknown) =>
  request('volume', 'POST', `/volumes/${id}/action`, { [action]: body })
const serverAction = (id: string, action: string, body: unknown = null) =>
  request('compute', 'POST', `/servers/${id}/action`, { [action]: body })

/** The requests of every change, in one place: what is planned, shown, exported and sent is the same. */
export const cloudArgv = {
  /** Answers 202 whatever becomes of it, also for a target that it does not know. Not harmless twice. */
  failoverHost: (host: string, backendId: string) =>
    request('volume', 'PUT', '/os-services/failover_host', { host, backend_id: backendId }),
  /** Refused with 400 where it is frozen already. */
  freeze: (host: string) => request('volume', 'PUT', '/os-services/freeze', { host }),
  /** Enables the service too, whatever it was disabled for. */
  thaw: (host: string) => request('volume', 'PUT', '/os-services/thaw', { host }),
  resetVolumeStatus: (id: string, status: string) => volumeAction(id, 'os-reset_status', { status }),
  resetSnapshotStatus: (id: string, status: string) =>
    request('volume', 'POST', `/snapshots/${id}/action`, { 'os-reset_status': { status } }),
  unmanageVolume: (id: string) => volumeAction(id, 'os-unmanage', {}),
  manageVolume: (volume: {
    readonly host: string
    readonly sourceName: string
    readonly name: string
    readonly volumeType: string
  }) =>
    request('volume', 'POST', '/os-volume-manage', {
      volume: {
        host: volume.host,
        ref: { 'source-name': volume.sourceName },
        name: volume.name,
        volume_type: volume.volumeType,
      },
    }),
  deleteVolume: (id: string) => request('volume', 'DELETE', `/volumes/${id}`),
  stopServer: (id: string) => serverAction(id, 'os-stop'),
  startServer: (id: string) => serverAction(id, 'os-start'),
  shelveServer: (id: string) => serverAction(id, 'shelve'),
  /** Of a server that is SHELVED and not offloaded yet: then `unshelve` makes its attachments anew. */
  shelveOffloadServer: (id: string) => serverAction(id, 'shelveOffload'),
  unshelveServer: (id: string) => serverAction(id, 'unshelve'),
  detachVolume: (serverId: string, volumeId: string) =>
    request('compute', 'DELETE', `/servers/${serverId}/os-volume_attachments/${volumeId}`),
  /** `device` null: Nova chooses. A detach forgets its tag and whether it goes with the server: they are given again. */
  attachVolume: (
    serverId: string,
    {
      id: volumeId,
      device,
      tag = null,
      deleteOnTermination = false,
    }: {
      readonly id: string
      readonly device: string | null
      readonly tag?: string | null
      readonly deleteOnTermination?: boolean
    },
  ) =>
    request('compute', 'POST', `/servers/${serverId}/os-volume_attachments`, {
      volumeAttachment: {
        volumeId,
        ...(device === null ? {} : { device }),
        ...(tag === null ? {} : { tag }),
        ...(deleteOnTermination ? { delete_on_termination: true } : {}),
      },
    }),
  /** Refused with 400 where Glance does not find it at its own cluster: another cluster's fsid is never taken. */
  addGlanceLocation: (id: string, url: string) =>
    request('image', 'PATCH', `/v2/images/${id}`, [{ op: 'add', path: '/locations/-', value: { url, metadata: {} } }]),
  /** Deletes the data there, unless it has clones: then 500, and it stays. The last one is refused with 403. */
  removeGlanceLocation: (id: string, index: number) =>
    request('image', 'PATCH', `/v2/images/${id}`, [{ op: 'remove', path: `/locations/${index}` }]),
} as const

/** Is this argv a request to a cloud, and not a command for a cluster? */
export const isCloudArgv = (argv: readonly string[]): boolean => argv[0] === 'openstack'
