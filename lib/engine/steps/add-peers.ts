import type { PoolMember } from '@/lib/domain/set-up'
import type { SiteName } from '@/lib/domain/words'
import { mirrorArgv, type PoolMirroring } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type SecretFrom, type Step, stepFor, waiting } from '../step'
import { oldPeers, oldPeerText, uuidsNow } from './old-peers'
import { bothEnds, isPeerOf, poolsNow, pulls } from './pool-look'

/**
 * The site gets to know the other one. What it needs of it, a token or a key, goes from one command to the other in memory;
 * after a crash the list of peers says whether it arrived. A token for both ways makes both peers by one import.
 */
export const addPeers: Step = stepFor('pool', {
  name: 'add-peers',
  applies: ({ peer }) => peer !== null,
  async observe(subjects, context) {
    const ends = bothEnds(subjects.map(({ member }) => member))
    const [now, uuids] = await Promise.all([poolsNow(ends, context), uuidsNow(ends, context)])
    return subjects.map(({ member }): Look => {
      const { site, other, pool } = member
      const [here, there] = [now(site, pool), now(other, pool)]
      if (here.kind === 'unknown') return waiting(`not known at ${site}: ${here.reason}`)
      if (there.kind === 'unknown') return waiting(`not known at ${other}: ${there.reason}`)
      const old = oldPeers(here.value, there.value, uuids(other, pool), member.otherName)[0]
      if (old !== undefined) return blocked(oldPeerText(site, other, pool, old))
      return judge(member, here.value, there.value)
    })
  },
  preview: (member) => [addPeer(member, member.siteName, member.otherName)],
})

function judge(member: PoolMember, here: PoolMirroring, there: PoolMirroring): Look {
  const { site, other } = member
  for (const [name, end] of [
    [site, here],
    [other, there],
  ] as const)
    if (end.mode === 'disabled') return waiting(`the pool is not mirrored at ${name} any more`)
  // Ceph takes one peer a pool that it pulls from.
  const stranger = here.peers.find((peer) => pulls(peer) && !isPeerOf(peer, member.otherName, there))
  if (stranger !== undefined)
    return blocked(
      `${site} pulls from ${stranger.siteName || stranger.clientName} already, and Ceph takes one peer a pool`,
    )
  const own = here.peers.find((peer) => pulls(peer) && isPeerOf(peer, member.otherName, there))
  const theirs = there.peers.some((peer) => pulls(peer) && isPeerOf(peer, member.siteName, here))
  const both = member.peer?.kind === 'token' && member.peer.direction === 'rx-tx'
  if (own !== undefined && (!both || theirs))
    return done(`${site} knows ${own.siteName}${both ? `, and ${other} knows ${site}` : ''}, as ${own.clientName}`)
  // Written down by the other site's rbd-mirror, it has the name that is wanted and nothing else (ceph-facts 33): by hand a
  // peer of that name is refused. What has to be given one by one by `peer set` could not be looked at; this can.
  const written = here.peers.find((peer) => !pulls(peer) && isPeerOf(peer, member.otherName, there))
  if (member.peer?.kind === 'by-hand' && own === undefined && written !== undefined)
    return ready(site, mirrorArgv.peerRemove(member.pool, written.uuid))
  const act = addPeer(member, here.siteName || member.siteName, there.siteName || member.otherName)
  return ready(act.site, act.argv, undefined, act.secretFrom)
}

/** `here` and `there`: the names that mirroring has at both ends. */
function addPeer(
  { pool, site, other, peer }: PoolMember,
  here: string,
  there: string,
): { readonly site: SiteName; readonly argv: readonly string[]; readonly secretFrom: SecretFrom } {
  if (peer?.kind === 'by-hand') {
    return {
      site,
      argv: mirrorArgv.peerAdd(pool, peer.client, there, peer.monHost),
      secretFrom: { site: other, argv: mirrorArgv.peerKey(peer.client) },
    }
  }
  return {
    site,
    argv: mirrorArgv.peerImportToken(pool, here, peer?.direction ?? 'rx-only'),
    secretFrom: { site: other, argv: mirrorArgv.peerCreateToken(pool, there) },
  }
}
