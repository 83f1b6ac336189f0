import { expect, test } from 'vitest'
import type { Volume } from './cloud'
import { aSnapshot, aVolume } from './cloud-fixture'
import { ghosts, type ImagePresence, rbdImageOf, spoiledBy, takenAlong } from './cloud-ghosts'

const look = (volume: Volume, presence: ImagePresence = 'there') =>
  ghosts({
    volumes: [aVolume('well'), volume],
    replicatedTypes: new Set(['replicated']),
    presenceOf: ({ id }) => (id === 'well' ? 'there' : presence),
    active: 'west',
  })

test('volumes that are well are no ghosts, also on a backend that was failed over', () => {
  for (const replicationStatus of ['enabled', 'failed-over'])
    for (const status of ['available', 'in-use', 'reserved', 'attaching', 'detaching', 'extending'])
      expect(look(aVolume('v', { replicationStatus, status }))).toEqual([])
})

test('a volume whose creation failed has no replication status and no image: it is to be deleted', () => {
  const [ghost, ...others] = look(aVolume('v', { status: 'error', replicationStatus: null }), 'missing')
  expect(others).toEqual([])
  expect(ghost).toMatchObject({ volumeId: 'v', status: 'error', replicationStatus: null })
  expect(ghost?.reasons[0]).toContain('replication status is empty')
  expect(ghost?.waysOut[0]).toContain('openstack volume delete v')
})

test('without a replication status a volume is a ghost whatever its type and status are: Cinder asks for neither', () => {
  for (const typeName of ['replicated', 'plain', null])
    for (const status of ['creating', 'available', 'error'])
      expect(look(aVolume('v', { typeName, status, replicationStatus: null }), 'unknown')).toHaveLength(1)
})

test('an adopted volume has its image: deleting it is not the way out', () => {
  const [ghost] = look(aVolume('v', { replicationStatus: null }), 'there')
  expect(ghost?.waysOut.join(' ')).toContain('Retype it')
  expect(ghost?.waysOut.join(' ')).not.toContain('delete')
})

test('enabling, error and failover-error endanger the others, each with its reason', () => {
  for (const replicationStatus of ['enabling', 'error', 'failover-error']) {
    const [ghost] = look(aVolume('v', { replicationStatus }))
    expect(ghost?.reasons[0]).toContain(replicationStatus)
    expect(ghost?.waysOut.length).toBeGreaterThan(0)
  }
})

test('a replicated volume that is being made, deleted or in error endangers them too', () => {
  for (const status of ['creating', 'downloading', 'deleting', 'error', 'error_deleting', 'retyping'])
    expect(look(aVolume('v', { status }))[0]?.reasons[0]).toContain(status)
})

test('a replicated volume whose image is not there at the active site is a ghost that says where', () => {
  const [ghost] = look(aVolume('v', { nameId: 'old' }), 'missing')
  expect(ghost?.reasons).toEqual([expect.stringContaining('volume-old is at west')])
})

test('an image that nobody could look for is no ghost by that alone', () => {
  expect(look(aVolume('v'), 'unknown')).toEqual([])
})

test('volumes without replication are left out by Cinder: never ghosts, in whatever state they are', () => {
  for (const replicationStatus of ['disabled', 'not-capable'])
    for (const status of ['available', 'error', 'deleting'])
      expect(look(aVolume('v', { replicationStatus, status }), 'missing')).toEqual([])
})

test('several reasons stand side by side, each way out once', () => {
  const [ghost] = look(aVolume('v', { status: 'error', replicationStatus: 'failover-error' }), 'missing')
  expect(ghost?.reasons).toHaveLength(3)
  expect(new Set(ghost?.waysOut).size).toBe(ghost?.waysOut.length)
})

test('what a failover would spoil are volumes without replication, with their snapshots, that are not in error yet', () => {
  const volumes = [
    aVolume('a'),
    aVolume('b', { replicationStatus: 'disabled' }),
    aVolume('c', { replicationStatus: 'not-capable' }),
    aVolume('d', { replicationStatus: 'not-capable', status: 'error' }),
    aVolume('e', { replicationStatus: null }),
  ]
  const found = spoiledBy(volumes, [aSnapshot('s1', 'b'), aSnapshot('s2', 'b'), aSnapshot('s3', 'a')])
  expect(found.map(({ volumeId, snapshotIds }) => [volumeId, snapshotIds])).toEqual([
    ['b', ['s1', 's2']],
    ['c', []],
  ])
  expect(takenAlong(volumes).map(({ id }) => id)).toEqual(['a', 'e'])
})

test('an image bears the name of the volume, or of the one that it was migrated from', () => {
  expect(rbdImageOf(aVolume('v'))).toBe('volume-v')
  expect(rbdImageOf(aVolume('v', { nameId: 'w' }))).toBe('volume-w')
})
