import { expect, test } from 'vitest'
import { captured } from './fake-cloud'
import { cloud, failing, from } from './port-fixture'

const services = { '/volume/v3/p1/os-services': 'cinder-services' }

test('a backend is told as Cinder tells it, before, after a failover, and after the way back', async () => {
  const told = async (name: string) => {
    const { port } = await cloud(from({ '/volume/v3/p1/os-services': name }))
    return (await port.volumeServices()).find(({ host }) => host.includes('@'))
  }
  expect(await told('cinder-services')).toMatchObject({
    host: 'cinder-r1@ceph',
    status: 'enabled',
    disabledReason: '',
    backendState: 'up',
    replicationStatus: 'enabled',
    activeBackendId: null,
    frozen: false,
    updatedAt: Date.UTC(2026, 10, 21, 2, 52, 58),
  })
  expect(await told('cinder-failover-clean-services-after')).toMatchObject({
    status: 'disabled',
    disabledReason: 'failed-over',
    backendState: null,
    replicationStatus: 'failed-over',
    activeBackendId: 'secondary',
  })
  // '' in Cinder's own words: the backend that its configuration names first.
  expect(await told('cinder-failback-services-after')).toMatchObject({ activeBackendId: null })
  expect(await told('cinder-services-3.0')).toMatchObject({ backendState: null, replicationStatus: 'enabled' })
})

test('pools say where volumes are kept, and types whether they replicate', async () => {
  const { port } = await cloud(
    from({
      '/volume/v3/p1/scheduler-stats/get_pools': 'cinder-pools-detail',
      '/volume/v3/p1/types': 'cinder-types-list',
    }),
  )
  expect(await port.backendPools()).toEqual([
    {
      name: 'cinder-r1@ceph#ceph',
      host: 'cinder-r1@ceph',
      backendName: 'ceph',
      replicationEnabled: true,
      targets: ['secondary', 'default'],
      location: {
        conf: '/etc/ceph/site-a.conf',
        fsid: '0eaf1613-e7ef-4fa5-b814-041386e817e7',
        user: 'cinder',
        pool: 'volumes',
      },
      totalGb: 9.2,
      freeGb: 9.17,
    },
  ])
  expect(
    (await port.volumeTypes()).map(({ name, replicated, backendName }) => [name, replicated, backendName]),
  ).toEqual([
    ['replicated', true, 'ceph'],
    ['plain', false, 'ceph'],
    ['__DEFAULT__', false, null],
  ])
})

test('a volume in use is told with its server, its image and its tenant', async () => {
  const { port } = await cloud(from({ ...services, '/volume/v3/p1/volumes/detail': 'cinder-volumes-detail-limit1' }))
  expect(await port.volumes('all')).toEqual([
    {
      id: 'c5e205e5-4acf-4221-89d6-04ed867ee8ae',
      name: 'boot-1',
      projectId: '80f3f75565ed440db8270b0e11f21899',
      status: 'in-use',
      sizeGb: 1,
      typeName: 'replicated',
      host: 'cinder-r1@ceph#ceph',
      replicationStatus: 'enabled',
      migrationStatus: null,
      bootable: true,
      multiattach: false,
      encrypted: false,
      glanceImageId: '1d60f046-b055-4390-a5e9-c7a85fa9fbd9',
      snapshotId: null,
      sourceVolumeId: null,
      nameId: 'c5e205e5-4acf-4221-89d6-04ed867ee8ae',
      metadata: {},
      attachedTo: [
        {
          attachmentId: '8f094c99-6e65-49ff-837b-09176536e4d2',
          serverId: '37026d9b-f8d8-4c5c-9d00-a3ae91302cb3',
          device: '/dev/sda',
          hostName: 'compute-r1',
        },
      ],
      createdAt: Date.UTC(2026, 10, 21, 2, 51, 51),
    },
  ])
})

test('volumes of a Cinder that speaks 3.0 alone are told the same, a failed one too', async () => {
  const { port } = await cloud(from({ ...services, '/volume/v3/p1/volumes/detail': 'cinder-volumes-detail-all-3.0' }))
  expect((await port.volumes('all')).map((one) => [one.name, one.status, one.replicationStatus])).toEqual([
    ['boot-1', 'in-use', 'enabled'],
    ['boot-1', 'error', null],
    ['data-1', 'in-use', 'enabled'],
    ['first', 'available', 'enabled'],
  ])
})

test('an attachment says which monitors a server was given, before a failover and after', async () => {
  const of = async (name: string) => {
    const { port } = await cloud(from({ ...services, '/volume/v3/p1/attachments/detail': name }))
    return (await port.attachments('all'))[0]
  }
  expect(await of('cinder-attachments-detail')).toEqual({
    id: '9e33e0f8-0131-4c3c-9a64-541b190b90f8',
    volumeId: 'f9178d22-5476-446a-8695-0c734c0dbcd1',
    serverId: 'e1d196ba-95ff-4a5e-a5ed-3a168231375e',
    status: 'attached',
    connection: {
      image: 'volumes/volume-f9178d22-5476-446a-8695-0c734c0dbcd1',
      monitors: ['127.0.0.1:13301'],
      clusterName: 'ceph',
      user: 'cinder',
      secretUuid: '0eaf1613-e7ef-4fa5-b814-041386e817e7',
    },
  })
  expect((await of('cinder-attachment-after-failover'))?.connection?.clusterName).toBe('secondary')
})

test('snapshots, servers, images and projects are told in the words of the port', async () => {
  const { port } = await cloud(
    from({
      ...services,
      '/volume/v3/p1/snapshots/detail': 'dead-site-snapshots-after',
      '/compute/v2.1/servers/detail': 'nova-servers-detail-limit1',
      '/identity/v3/projects': 'keystone-projects',
    }),
  )
  expect(await port.snapshots('all')).toMatchObject([{ name: 'plain-snap', status: 'error', sizeGb: 1 }])
  expect(await port.servers('all')).toEqual([
    {
      id: '37026d9b-f8d8-4c5c-9d00-a3ae91302cb3',
      name: 'vm-bfv',
      projectId: '80f3f75565ed440db8270b0e11f21899',
      status: 'ACTIVE',
      taskState: null,
      host: 'compute-r1',
      flavor: 'lab.small',
      volumeIds: ['c5e205e5-4acf-4221-89d6-04ed867ee8ae'],
      glanceImageId: null,
      rootDevice: '/dev/sda',
      addresses: [],
      metadata: {},
      locked: false,
      createdAt: Date.UTC(2026, 10, 21, 2, 51, 53),
    },
  ])
  expect((await port.projects()).map(({ name }) => name)).toEqual(['demo', 'admin', 'service', 'tenant-b'])
})

test('hidden images are asked for as well, and locations are told where Glance shows them', async () => {
  const shown = from({ '/image/v2/images': 'glance-images-list' })
  const { port } = await cloud((heard) =>
    heard.path.includes('os_hidden=true') ? { body: { images: [] } } : shown(heard),
  )
  expect((await port.glanceImages()).map(({ name, locations }) => [name, locations[0]?.split('/').slice(3)])).toEqual([
    ['cap-img', ['images', 'db141e96-47a6-49d5-8e57-932a72363444', 'snap']],
    ['cirros-lab', ['images', '1d60f046-b055-4390-a5e9-c7a85fa9fbd9', 'snap']],
  ])
})

test("of whom Cinder would show its own project alone, without a word, the whole cloud's volumes are refused", async () => {
  const member = captured('cinder-all-tenants-as-member')
  expect(member).toMatchObject({ status: 200, body: '{"volumes":[]}' })
  const { port, made } = await cloud(({ path }) =>
    path.includes('/os-services') ? captured('err-cinder-403-services') : { body: member.body },
  )
  for (const list of ['volumes', 'snapshots', 'attachments'] as const)
    expect(await failing(port[list]('all'))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining("Policy doesn't allow"),
    })
  expect(made.asked('/volume/v3/p1/volumes/detail')).toEqual([])
})

test('some of them are asked for one by one, and those that are gone are left out', async () => {
  const volume = JSON.parse(captured('cinder-volumes-detail-limit1').body).volumes[0]
  const { port, made } = await cloud(({ path }) =>
    path.endsWith('/volumes/there')
      ? { body: { volume: { ...volume, id: 'there' } } }
      : captured('err-cinder-404-volume'),
  )
  expect((await port.volumes(['there', 'gone', 'there'])).map(({ id }) => id)).toEqual(['there'])
  expect(made.asked('/volume/v3/p1/volumes/gone')).toHaveLength(1)
  expect(made.asked('/volume/v3/p1/volumes/there')).toHaveLength(1)
})
