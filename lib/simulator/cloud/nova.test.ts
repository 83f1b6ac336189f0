import { expect, test } from 'vitest'
import { type CloudScene, cloudScene, HOST } from './cloud-fixture'
import { FLAVOR } from './nova-views'

const bodyOf = <T>(answer: { readonly said: object }): T => answer.said as T

async function server(scene: CloudScene, volumes: readonly string[]): Promise<string> {
  const block_device_mapping_v2 = volumes.map((uuid, i) => ({
    boot_index: i === 0 ? 0 : -1,
    uuid,
    source_type: 'volume',
  }))
  const made = await scene.nova('POST', '/servers', {
    server: { name: 'vm', flavorRef: FLAVOR.id, block_device_mapping_v2 },
  })
  await scene.pass(10)
  return bodyOf<{ server: { id: string } }>(made).server.id
}

const action = (scene: CloudScene, id: string, body: object) => scene.nova('POST', `/servers/${id}/action`, body)

async function statusOf(scene: CloudScene, id: string): Promise<string> {
  return bodyOf<{ server: { status: string } }>(await scene.nova('GET', `/servers/${id}`)).server.status
}

async function clusterOf(scene: CloudScene, volume: string): Promise<string> {
  const answer = await scene.cinder('GET', `/attachments/detail?all_tenants=1&volume_id=${volume}`)
  const [one] = bodyOf<{ attachments: { connection_info: { cluster_name: string } }[] }>(answer).attachments
  return one?.connection_info.cluster_name ?? 'none'
}

async function watchers(scene: CloudScene, volume: string): Promise<number> {
  const said = await scene.world.command('site-a', ['rbd', 'status', `volumes/volume-${volume}`, '--format', 'json'])
  return (JSON.parse(said.stdout).watchers as unknown[]).length
}

test('an attachment keeps how it reached its volume: a start and a hard reboot change nothing, detaching and attaching does', async () => {
  const scene = await cloudScene()
  const [root = '', data = ''] = await scene.volumes(2)
  const id = await server(scene, [root, data])
  expect([await clusterOf(scene, data), await scene.volume(data)]).toMatchObject(['ceph', { status: 'in-use' }])
  await action(scene, id, { 'os-stop': null })
  await scene.pass(2)
  await scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id: 'secondary' })
  await scene.pass(60)
  await action(scene, id, { 'os-start': null })
  await scene.pass(2)
  await action(scene, id, { reboot: { type: 'HARD' } })
  await scene.pass(5)
  expect(await clusterOf(scene, data)).toBe('ceph')
  await scene.nova('DELETE', `/servers/${id}/os-volume_attachments/${data}`)
  await scene.pass(2)
  await scene.nova('POST', `/servers/${id}/os-volume_attachments`, { volumeAttachment: { volumeId: data } })
  await scene.pass(3)
  expect(await clusterOf(scene, data)).toBe('secondary')
})

test('a root volume cannot be detached; shelving and unshelving makes its attachment anew', async () => {
  const scene = await cloudScene()
  const [root = ''] = await scene.volumes(1)
  const id = await server(scene, [root])
  expect((await scene.nova('DELETE', `/servers/${id}/os-volume_attachments/${root}`)).said).toEqual({
    badRequest: { code: 400, message: 'Cannot detach a root device volume' },
  })
  await scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id: 'secondary' })
  await scene.pass(60)
  await action(scene, id, { shelve: null })
  await scene.pass(5)
  expect(await statusOf(scene, id)).toBe('SHELVED_OFFLOADED')
  await action(scene, id, { unshelve: null })
  await scene.pass(10)
  expect([await statusOf(scene, id), await clusterOf(scene, root)]).toEqual(['ACTIVE', 'secondary'])
})

test('a server that runs has its volumes open, one that is stopped has none, and to stop it twice is 409', async () => {
  const scene = await cloudScene()
  const [root = ''] = await scene.volumes(1)
  const id = await server(scene, [root])
  expect(await watchers(scene, root)).toBe(1)
  expect((await action(scene, id, { 'os-stop': null })).status).toBe(202)
  await scene.pass(2)
  expect([await statusOf(scene, id), await watchers(scene, root)]).toEqual(['SHUTOFF', 0])
  expect((await action(scene, id, { 'os-stop': null })).said).toEqual({
    conflictingRequest: {
      code: 409,
      message: `Cannot 'stop' instance ${id} while it is in vm_state stopped`,
    },
  })
})
