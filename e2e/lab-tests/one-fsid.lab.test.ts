import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import type { Channel } from '@/lib/ports/channel'
import { type MirrorPort, mirrorArgv } from '@/lib/ports/mirror'
import { labFile, until } from './lab'

/**
 * Two clusters with one fsid, as a copied deployment has them: no token is taken, peers by hand are, and images come
 * across both ways. In a lab of its own, which it ends.
 */
const dir = mkdtempSync(join(tmpdir(), 'antipode-fsid-'))
const env = { ...process.env, LAB_DIR: dir, LAB_PORT: String(Number(process.env.LAB_PORT ?? 13_300) + 200) }
const lab = (...verb: string[]) => promisify(execFile)('bash', [labFile('lab'), ...verb], { env, maxBuffer: 1 << 26 })

const POOL = 'volumes'
const USER = 'client.by-hand'
const channels: Channel[] = []
let attempts = 0

function at(name: string, exec: readonly string[]) {
  const config = { name, conf: join(dir, `${name}.conf`), user: 'admin', exec }
  const channel = localChannel(config, { attempts: join(dir, 'attempts') })
  channels.push(channel)
  return { mirror: mirrorPort(name, channel), cluster: clusterPort(name, channel) }
}
// One of them behind a prefix, which hands on what it gets.
const [a, b] = [at('site-a', []), at('site-b', ['env', 'VIA=prefix'])]

const act = (port: MirrorPort, argv: readonly string[], stdin?: Awaited<ReturnType<MirrorPort['secret']>>) => {
  const attemptId = `one-fsid-${process.pid}-${++attempts}`
  const how = { attemptId, softDeadlineMs: 60_000, onStarted: () => {} }
  return port.act(argv, stdin === undefined ? how : { ...how, stdin })
}
const ok = async (port: MirrorPort, argv: readonly string[], stdin?: Awaited<ReturnType<MirrorPort['secret']>>) =>
  expect(await act(port, argv, stdin)).toMatchObject({ exit: 0 })
const peer = async (port: MirrorPort) => (await port.poolMirroring(POOL)).peers[0]
const image = async (port: MirrorPort, name: string) =>
  (await port.poolImages(POOL)).find((one) => one.spec.name === name)

beforeAll(() => lab('bare', '--one-fsid'))
afterAll(async () => {
  for (const channel of channels) await channel.close()
  await lab('down', '--wipe')
  rmSync(dir, { recursive: true, force: true })
})

test('no token is taken: it would be the own cluster’s', async () => {
  expect((await a.cluster.facts()).fsid).toBe((await b.cluster.facts()).fsid)
  await ok(a.mirror, mirrorArgv.poolEnable(POOL, 'image', 'site-a'))
  await ok(b.mirror, mirrorArgv.poolEnable(POOL, 'image', 'site-b'))
  const token = await a.mirror.secret(mirrorArgv.peerCreateToken(POOL, 'site-a'))
  expect(await act(b.mirror, mirrorArgv.peerImportToken(POOL, 'site-b', 'rx-tx'), token)).toMatchObject({
    exit: 22,
    stderr: expect.stringContaining('cannot import token for local cluster'),
  })
})

test('by hand each is given the other, the second by filling in what the daemon wrote down', async () => {
  const [keyOfA, keyOfB] = await Promise.all([a, b].map(({ mirror }) => mirror.secret(mirrorArgv.peerKey(USER))))
  const [hostOfA = '', hostOfB = ''] = await Promise.all(
    [a, b].map(async ({ cluster }) => (await cluster.facts()).monAddresses[0]),
  )
  await ok(b.mirror, mirrorArgv.peerAdd(POOL, USER, 'site-a', hostOfA), keyOfA)
  await until(async () => (await peer(a.mirror)) !== undefined)
  const written = await peer(a.mirror)
  expect(written).toMatchObject({ direction: 'tx-only', siteName: 'site-b', clientName: '' })
  const uuid = written?.uuid ?? ''
  await ok(a.mirror, mirrorArgv.peerClient(POOL, uuid, USER))
  await ok(a.mirror, mirrorArgv.peerMonHost(POOL, uuid, hostOfB))
  await ok(a.mirror, mirrorArgv.peerKeyFile(POOL, uuid), keyOfB)
  await ok(a.mirror, mirrorArgv.peerDirection(POOL, uuid, 'rx-tx'))
  expect(await peer(a.mirror)).toMatchObject({ uuid, direction: 'rx-tx', clientName: USER })
})

test('images come across both ways, in both modes', async () => {
  await ok(a.mirror, mirrorArgv.enableImage(`${POOL}/vol-1`, 'snapshot'))
  await ok(a.mirror, mirrorArgv.enableImage(`${POOL}/vol-nolock-1`, 'journal'))
  await ok(b.mirror, mirrorArgv.enableImage(`${POOL}/vol-b-1`, 'snapshot'))
  const arrived = async (port: MirrorPort, name: string) => {
    const found = await image(port, name)
    return found?.mirrored?.role === 'non-primary' && found.mirrored.state === 'enabled'
  }
  await until(() => arrived(b.mirror, 'vol-1'))
  await until(() => arrived(b.mirror, 'vol-nolock-1'))
  await until(() => arrived(a.mirror, 'vol-b-1'))
  expect(await image(b.mirror, 'vol-nolock-1')).toMatchObject({
    features: ['layering', 'exclusive-lock', 'journaling'],
  })
})
