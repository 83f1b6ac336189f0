import type { BackendPool, Server, Volume, VolumeAttachment, VolumeService, VolumeSnapshot, VolumeType } from './cloud'

/** Things of a cloud as they are while all is well; tests name what is not. */
export const aService = (change: Partial<VolumeService> = {}): VolumeService => ({
  host: 'cinder@ceph',
  status: 'enabled',
  disabledReason: '',
  state: 'up',
  backendState: 'up',
  replicationStatus: 'enabled',
  activeBackendId: null,
  frozen: false,
  updatedAt: null,
  ...change,
})

export const aPool = (change: Partial<BackendPool> = {}): BackendPool => ({
  name: 'cinder@ceph#ceph',
  host: 'cinder@ceph',
  backendName: 'ceph',
  replicationEnabled: true,
  targets: ['secondary', 'default'],
  location: { conf: '/etc/ceph/west.conf', fsid: 'fsid-west', user: 'cinder', pool: 'volumes' },
  totalGb: 100,
  freeGb: 60,
  ...change,
})

export const aVolume = (id: string, change: Partial<Volume> = {}): Volume => ({
  id,
  name: `disk ${id}`,
  projectId: 'p1',
  status: 'available',
  sizeGb: 1,
  typeName: 'replicated',
  host: 'cinder@ceph#ceph',
  replicationStatus: 'enabled',
  migrationStatus: null,
  bootable: false,
  multiattach: false,
  encrypted: false,
  glanceImageId: null,
  snapshotId: null,
  sourceVolumeId: null,
  nameId: id,
  metadata: {},
  attachedTo: [],
  createdAt: 0,
  ...change,
})

export const aType = (name: string, change: Partial<VolumeType> = {}): VolumeType => ({
  id: `type-${name}`,
  name,
  replicated: true,
  backendName: 'ceph',
  extraSpecs: {},
  ...change,
})

export const aSnapshot = (id: string, volumeId: string): VolumeSnapshot => ({
  id,
  volumeId,
  name: id,
  status: 'available',
  projectId: 'p1',
  sizeGb: 1,
})

export const anAttachment = (
  id: string,
  volumeId: string,
  serverId: string | null,
  monitors: readonly string[] = ['10.0.1.1:6789'],
): VolumeAttachment => ({
  id,
  volumeId,
  serverId,
  status: 'attached',
  connection: {
    image: `volumes/volume-${volumeId}`,
    monitors,
    clusterName: 'ceph',
    user: 'cinder',
    secretUuid: 'secret',
  },
})

export const aServer = (id: string, volumeIds: readonly string[], change: Partial<Server> = {}): Server => ({
  id,
  name: `server ${id}`,
  projectId: 'p1',
  status: 'ACTIVE',
  taskState: null,
  host: 'compute-1',
  flavor: 'm1.small',
  volumeIds,
  glanceImageId: null,
  rootDevice: '/dev/vda',
  addresses: ['10.9.0.5'],
  metadata: {},
  locked: false,
  createdAt: 0,
  ...change,
})
