import { expect, test } from 'vitest'
import { demoWorld } from '../demo-world'
import { manualClock } from '../manual-clock'
import { forgetful } from '../state-log'
import { NINE } from '../tiny-fixture'
import { WorldMemory } from '../world-memory'

const memory = new WorldMemory(demoWorld(1), 1, forgetful, manualClock(NINE))
const west = memory.clouds.get('eu-west')
if (west === undefined) throw new Error('eu-west has no cloud')
const store = west

test('the demo has a volume for each image that Cinder would have made, but one orphan; and one ghost without an image', () => {
  const pool = memory.conditions.pool('volumes', 'eu-west')
  const here = pool === null ? [] : memory.images.names(pool)
  const all = ['eu-west', 'eu-north'].flatMap((site) => memory.clouds.get(site)?.list('volumes') ?? [])
  const named = new Set(all.map(({ id }) => `volume-${id}`))
  expect(here.filter((name) => !named.has(name))).toHaveLength(1)
  const ghosts = store.list('volumes').filter(({ replicationStatus }) => replicationStatus === null)
  expect(ghosts.map(({ id, status }) => [status, here.includes(`volume-${id}`)])).toEqual([['error', false]])
})

test('its volumes have types, tenants and servers: most are in use, some are plain, some boot from a Glance image', () => {
  const volumes = store.list('volumes')
  const part = (so: (one: (typeof volumes)[number]) => boolean) => volumes.filter(so).length / volumes.length
  expect(part(({ status }) => status === 'in-use')).toBeGreaterThan(0.6)
  expect(part(({ replicationStatus }) => replicationStatus === 'disabled')).toBeCloseTo(31 / volumes.length, 5)
  const booting = volumes.filter(({ imageMeta }) => imageMeta !== null)
  expect(booting.length).toBeGreaterThan(100)
  expect(booting.filter(({ imageMeta }) => store.get('images', imageMeta?.image_id ?? '') === null)).toEqual([])
  expect(new Set(volumes.map(({ projectId }) => projectId)).size).toBe(6)
  expect(store.list('servers').length).toBeGreaterThan(200)
})

test('every attachment is of a volume and a server that are there, of one tenant, each at a device of its own', () => {
  const attachments = store.list('attachments')
  const places = attachments.map(({ serverId, device }) => `${serverId} ${device}`)
  expect(new Set(places).size).toBe(places.length)
  const odd = attachments.filter(({ volumeId, serverId }) => {
    const volume = store.get('volumes', volumeId)
    return volume?.status !== 'in-use' || store.get('servers', serverId)?.projectId !== volume.projectId
  })
  expect(odd).toEqual([])
  const most = Math.max(
    ...store.list('servers').map(({ id }) => attachments.filter((one) => one.serverId === id).length),
  )
  expect(most).toBeLessThan(20)
})
