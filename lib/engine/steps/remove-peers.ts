import type { PoolMember } from '@/lib/domain/set-up'
import { mirrorArgv, type PoolMirroring, type PoolPeer } from '@/lib/ports/mirror'
import { done, type Look, ready, type Step, stepFor, waiting } from '../step'
import { isPeerOf, poolsNow } from './pool-look'

/**
 * Those that were listed when it was approved, and what came since by the other site's name: its rbd-mirror puts itself on
 * the list again, one way, as long as it still knows this site.
 */
const peersThatGo = (member: PoolMember, here: PoolMirroring): readonly PoolPeer[] =>
  here.peers.filter((peer) => member.peerUuids.includes(peer.uuid) || isPeerOf(peer, member.otherName, null))

/** The site no longer knows the other one. Needs no answer of that one: it may be gone for good. */
export const removePeers: Step = stepFor('pool', {
  name: 'remove-peers',
  async observe(subjects, context) {
    const now = await poolsNow(
      subjects.map(({ member }) => member),
      context,
    )
    return subjects.map(({ member }): Look => {
      const { site, pool, other } = member
      const read = now(site, pool)
      if (read.kind === 'unknown') return waiting(`not known at ${site}: ${read.reason}`)
      const [first] = peersThatGo(member, read.value)
      return first === undefined
        ? done(`${site} has no peer ${other} for it`)
        : ready(site, mirrorArgv.peerRemove(pool, first.uuid))
    })
  },
  preview: ({ site, pool, peerUuids }) => peerUuids.map((uuid) => ({ site, argv: mirrorArgv.peerRemove(pool, uuid) })),
})

/** Only once nothing in it is mirrored: in mode `pool` Ceph would end the mirroring of every image along with it. */
export const disablePool: Step = stepFor('pool', {
  name: 'disable-pool',
  async observe(subjects, context) {
    const { mirror } = context
    const now = await poolsNow(
      subjects.map(({ member }) => member),
      context,
    )
    return Promise.all(
      subjects.map(async ({ member }): Promise<Look> => {
        const { site, pool } = member
        const read = now(site, pool)
        if (read.kind === 'unknown') return waiting(`not known at ${site}: ${read.reason}`)
        if (read.value.mode === 'disabled') return done(`not mirrored at ${site}`)
        const [stray] = peersThatGo(member, read.value)
        if (stray !== undefined) return ready(site, mirrorArgv.peerRemove(pool, stray.uuid))
        if (read.value.peers.length > 0)
          return waiting(
            `${site} still has the peer ${read.value.peers[0]?.siteName ?? ''} for it, which is not of this run`,
          )
        const { rows } = await mirror(site).statuses(pool)
        if (rows.length > 0) return waiting(`images of it that are still mirrored at ${site}: ${rows.length}`)
        return ready(site, mirrorArgv.poolDisable(pool))
      }),
    )
  },
  preview: ({ site, pool }) => [{ site, argv: mirrorArgv.poolDisable(pool) }],
})
