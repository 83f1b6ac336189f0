import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { mirrorArgv, type PoolImage } from '@/lib/ports/mirror'
import { Secret } from '@/lib/ports/secret'
import type { Stage } from './stage'
import type { Side } from './world'

const PEER = 'client.contract-peer'

/**
 * Mirroring set up and taken down again, in a pool of its own: B receives from A by a token, A from B by hand. Runs top
 * down; what it had made is gone at the end.
 */
export function setupContract(at: () => Stage): void {
  const act = (side: Side, argv: readonly string[]) => at().act(side, ...argv)
  const ok = async (side: Side, argv: readonly string[]) => expect(await act(side, argv)).toMatchObject({ exit: 0 })
  const refused = async (side: Side, argv: readonly string[], exit: number, text: string) => {
    const said = await act(side, argv)
    expect(said).toMatchObject({ exit, stderr: expect.stringContaining(text) })
  }
  const pool = () => at().world.barePool
  const image = (name: string): ImageSpec => ({ pool: pool(), namespace: '', name })
  const spec = (name: string) => specText(image(name))
  const make = (side: Side, name: string) => at().world.makePlain(side, image(name))
  const mirroring = (side: Side) => at().ports[side].poolMirroring(pool())
  const peer = async (side: Side) => (await mirroring(side)).peers[0]
  const uuid = async (side: Side) => (await peer(side))?.uuid ?? 'no peer'
  const seen = async (side: Side, name: string): Promise<PoolImage | undefined> =>
    (await at().ports[side].poolImages(pool())).find((one) => one.spec.name === name)
  const comes = (side: Side, name: string, holds: (seen: PoolImage | undefined) => boolean) =>
    at().eventually(`${name} at ${side}`, () => seen(side, name), holds)
  const token = (side: Side) => at().ports[side].secret(mirrorArgv.peerCreateToken(pool(), at().channel(side).site))

  describe('a pool that nobody mirrors', () => {
    test('is tagged for rbd, has no mode and no peers, and refuses what needs them', async () => {
      expect(await at().clusters.a.pools()).toContainEqual(
        expect.objectContaining({ name: pool(), applications: ['rbd'], id: expect.any(Number) }),
      )
      expect(await at().clusters.a.rbdPools()).toContain(pool())
      expect(await mirroring('a')).toMatchObject({ mode: 'disabled', peers: [] })
      await make('a', 'early')
      expect(await seen('a', 'early')).toMatchObject({ mirrored: null, parent: null, children: 0 })
      await refused('a', mirrorArgv.enableImage(spec('early'), 'snapshot'), 22, 'mirroring is not enabled on a pool')
      await expect(token('a')).rejects.toMatchObject({ kind: 'refused', exit: 22 })
      await refused('a', mirrorArgv.peerRemove(pool(), crypto.randomUUID()), 22, 'mirroring not enabled on the pool')
      expect(await act('a', mirrorArgv.poolDisable(pool()))).toMatchObject({
        exit: 0,
        stdout: 'rbd: mirroring is already disabled\n',
      })
    })

    test('lies on OSDs that the other site reaches, in a cluster whose users are told without their keys', async () => {
      const addresses = await at().clusters.b.osdAddresses()
      expect(addresses.length).toBeGreaterThan(0)
      const reached = await at().ports.a.reaches(addresses)
      expect(reached.map((one) => one.reached)).toEqual(addresses.map(() => true))
      const users = await at().clusters.a.users()
      expect(users).toContainEqual({
        entity: 'client.rbd-mirror-peer',
        caps: { mon: 'profile rbd-mirror-peer', osd: 'profile rbd' },
      })
      expect(JSON.stringify(users)).not.toMatch(/AQ[A-Za-z0-9+/]{36}==|key/i)
    })

    test('is enabled in image mode, once and again', async () => {
      for (const side of ['a', 'b'] as const) {
        const enable = mirrorArgv.poolEnable(pool(), 'image', at().channel(side).site)
        expect(await act(side, enable)).toMatchObject({ exit: 0, stdout: '' })
        expect(await act(side, enable)).toMatchObject({
          exit: 0,
          stdout: 'rbd: mirroring is already configured for image mode\n',
        })
        expect(await mirroring(side)).toMatchObject({ mode: 'image', siteName: at().channel(side).site, peers: [] })
      }
      await refused('a', ['rbd', 'mirror', 'pool', 'enable', pool(), 'often'], 22, "must specify 'image' or 'pool'")
      await refused('a', mirrorArgv.peerRemove(pool(), 'nonsense'), 22, "invalid uuid 'nonsense'")
      await ok('a', mirrorArgv.peerRemove(pool(), crypto.randomUUID()))
      await refused('a', mirrorArgv.peerDirection(pool(), crypto.randomUUID(), 'rx-tx'), 2, 'does not exist')
    })

    test('is served by no daemon, though the site has one', async () => {
      const [daemon] = await at().ports.a.daemons(pool())
      expect(daemon).toMatchObject({ clientId: 'site-a', leader: false, instanceId: '', health: 'OK' })
      const [serving] = await at().ports.a.daemons(at().world.pool)
      expect(serving).toMatchObject({
        serviceId: daemon?.serviceId,
        leader: true,
        instanceId: expect.stringMatching(/./),
      })
    })

    test('mirrors an image for nobody while it has no peer', async () => {
      await ok('a', mirrorArgv.enableImage(spec('early'), 'snapshot'))
      expect(await seen('a', 'early')).toMatchObject({
        mirrored: { mode: 'snapshot', role: 'primary', state: 'enabled' },
      })
      const { images } = await at()
        .channel('a')
        .call('images.lineage', { images: [image('early')] })
      expect(images).toMatchObject([{ ok: { snapshots: [{ state: 'primary' }] } }])
    })
  })

  describe('a token', () => {
    test('passes from one site to the other unseen, and makes the peer that receives', async () => {
      const secret = await token('a')
      expect([`${secret}`, inspect(secret), JSON.stringify({ secret })].join()).toBe(
        '[secret],[secret],{"secret":"[secret]"}',
      )
      expect(Buffer.from(secret.reveal(), 'base64').toString()).toContain('"client_id":"rbd-mirror-peer"')
      const imported = await at().actWith('b', secret, mirrorArgv.peerImportToken(pool(), 'site-b', 'rx-only'))
      expect(imported).toMatchObject({ exit: 0, stdout: '', stderr: '' })
      expect(await mirroring('b')).toMatchObject({
        mode: 'image',
        peers: [{ direction: 'rx-only', siteName: 'site-a', clientName: 'client.rbd-mirror-peer' }],
      })
      // Once more, and both ways now: the direction stays as it was at B.
      const again = await at().actWith('b', secret, mirrorArgv.peerImportToken(pool(), 'site-b', 'rx-only'))
      expect(again).toMatchObject({ exit: 0 })
      expect(await at().world.writtenByChanges()).not.toContain(secret.reveal().slice(20, 60))
    })

    test.each([
      ['its own', 'cannot import token for local cluster'],
      ['one that is none', 'failed to decode base64'],
      ['one with other things in it', 'invalid bootstrap token JSON received'],
    ])('is refused where it is %s', async (which, text) => {
      const secret = {
        'its own': await token('a'),
        'one that is none': new Secret('no-token-at-all'),
        'one with other things in it': new Secret(Buffer.from('{"fsid":"1"}').toString('base64')),
      }[which]
      if (secret === undefined) throw new Error('no token')
      const said = await at().actWith('a', secret, mirrorArgv.peerImportToken(pool(), 'site-a', 'rx-tx'))
      expect(said).toMatchObject({ exit: 22, stderr: expect.stringContaining(text) })
      expect(said.stderr).not.toContain(secret.reveal())
    })

    test('of a daemon that receives, the sending site comes to know by itself', async () => {
      const there = await at().eventually(
        'A knows of B',
        () => peer('a'),
        (found) => found !== undefined,
      )
      expect(there).toMatchObject({ direction: 'tx-only', siteName: 'site-b', clientName: '' })
      await refused('a', mirrorArgv.poolDisable(pool()), 16, 'mirror peers still registered')
    })

    test('leaves an image that was mirrored before it without a copy, until the next mirror snapshot', async () => {
      const made = await comes('b', 'early', (found) => found?.mirrored != null)
      expect(made).toMatchObject({ mirrored: { mode: 'snapshot', role: 'non-primary', state: 'creating' } })
      await ok('a', mirrorArgv.snapshot(spec('early')))
      await comes('b', 'early', (found) => found?.mirrored?.state === 'enabled')
    })
  })

  describe('a peer by hand', () => {
    test('cannot be added where a daemon has written it down, and is given what it lacks', async () => {
      const key = await at().ports.b.secret(mirrorArgv.peerKey(PEER))
      expect((await at().ports.b.secret(mirrorArgv.peerKey(PEER))).reveal()).toBe(key.reveal())
      expect(await at().clusters.b.users()).toContainEqual({
        entity: PEER,
        caps: { mon: 'profile rbd-mirror-peer', osd: 'profile rbd' },
      })
      const refusal = await at()
        .ports.b.secret(mirrorArgv.peerKey('client.admin'))
        .catch((error: Error) => error)
      expect(refusal).toMatchObject({ kind: 'refused', exit: 22 })
      const [monHost = ''] = (await at().clusters.b.facts()).monAddresses
      const added = await at().actWith('a', key, mirrorArgv.peerAdd(pool(), PEER, 'site-b', monHost))
      expect(added).toMatchObject({ exit: 17, stderr: expect.stringContaining('mirror peer already exists') })
      const known = await uuid('a')
      await ok('a', mirrorArgv.peerClient(pool(), known, PEER))
      await ok('a', mirrorArgv.peerMonHost(pool(), known, monHost))
      expect(await at().actWith('a', key, mirrorArgv.peerKeyFile(pool(), known))).toMatchObject({ exit: 0 })
      await ok('a', mirrorArgv.peerDirection(pool(), known, 'rx-tx'))
      expect(await peer('a')).toMatchObject({ uuid: known, direction: 'rx-tx', siteName: 'site-b', clientName: PEER })
      expect(await at().world.writtenByChanges()).not.toContain(key.reveal())
    })

    test('receives: what B mirrors comes to A', async () => {
      await make('b', 'from-b')
      await ok('b', mirrorArgv.enableImage(spec('from-b'), 'journal'))
      await comes('a', 'from-b', (found) => found?.mirrored?.role === 'non-primary')
    })

    test('is the only one to receive from, and is added anew where it was removed', async () => {
      const key = await at().ports.b.secret(mirrorArgv.peerKey(PEER))
      const [monHost = ''] = (await at().clusters.b.facts()).monAddresses
      const add = mirrorArgv.peerAdd(pool(), PEER, 'site-b', monHost)
      expect(await at().actWith('a', key, add)).toMatchObject({
        exit: 22,
        stderr: expect.stringContaining('multiple RX peers are not currently supported'),
      })
      await ok('a', mirrorArgv.peerRemove(pool(), await uuid('a')))
      expect(await at().actWith('a', key, add)).toMatchObject({ exit: 0 })
      expect(await peer('a')).toMatchObject({ direction: 'rx-tx', siteName: 'site-b', clientName: PEER })
      const nobody = ['rbd', 'mirror', 'pool', 'peer', 'add', pool(), 'nobody@site-b']
      await refused('a', nobody, 22, "invalid spec 'nobody@site-b'")
    })
  })

  describe('taking it down', () => {
    test('a pool keeps its mode while it has peers or mirrored images', async () => {
      await refused('a', mirrorArgv.poolDisable(pool()), 16, 'mirror peers still registered')
      for (const side of ['a', 'b'] as const) {
        await ok(side, mirrorArgv.peerRemove(pool(), await uuid(side)))
        await refused(side, mirrorArgv.poolDisable(pool()), 22, 'still images with mirroring enabled')
      }
    })

    test('in mode pool an image is mirrored by its journal, and none by name', async () => {
      await make('b', 'journaled')
      expect(await act('b', mirrorArgv.poolEnable(pool(), 'pool', 'site-b'))).toMatchObject({ exit: 0 })
      await ok('b', mirrorArgv.featureEnable(spec('journaled'), 'journaling'))
      expect(await seen('b', 'journaled')).toMatchObject({ mirrored: { mode: 'journal', role: 'primary' } })
      const late = mirrorArgv.enableImage(spec('journaled'), 'journal')
      await refused('b', late, 22, 'pool is not in image mirror mode')
      await refused('b', mirrorArgv.disableImage(spec('journaled')), 22, 'in the current pool mirroring mode')
      expect(await act('b', mirrorArgv.poolEnable(pool(), 'image', 'site-b'))).toMatchObject({ exit: 0 })
      expect(await seen('b', 'journaled')).toMatchObject({ mirrored: { mode: 'journal' } })
    })

    test('with the images out of it the pool is as it was', async () => {
      for (const side of ['a', 'b'] as const) {
        for (const { spec: of, mirrored } of await at().ports[side].poolImages(pool())) {
          if (mirrored !== null) await ok(side, mirrorArgv.endMirroring(specText(of)))
        }
        await ok(side, mirrorArgv.poolDisable(pool()))
        expect(await mirroring(side)).toMatchObject({ mode: 'disabled', peers: [] })
      }
    })
  })
}
