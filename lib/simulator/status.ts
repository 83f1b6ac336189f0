import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { commitTick, journalTail, ownCommit } from './follow-journal'
import { splitBrain } from './histories'
import { type Copy, type ImageState, mirrorStateOf, ownTurn, type Position, peerOf, standing } from './image-state'
import { gapAt, workedMs } from './timeline'
import { rateAt } from './writes'

export interface Said {
  readonly state: string
  readonly description: string
}

const said = (state: string, description: string): Said => ({ state, description })

/** Ceph prints doubles with a point, JSON.stringify does not. */
const double = (n: number): string => (Number.isInteger(n) ? `${n}.0` : n.toFixed(6).replace(/0+$/, ''))

/** Entries go round four journal objects. Source: journal splay width 4. */
const positionJson = (p: Position | null): string =>
  p === null ? '{}' : `{"entry_tid":${p.entry},"object_number":${p.entry % 4},"tag_tid":${p.tag}}`

const BYTES_PER_WRITE = 65_536

/**
 * What the site's rbd-mirror finds at `t`, `image` being worked out for `t`. Words as on the lab. Whether
 * it runs and has published that is another matter (publish.ts).
 */
export function truth(conditions: Conditions, image: ImageState, site: SiteName, t: number): Said | null {
  const copy = image.copies[site]
  const peer = peerOf(image, site)
  if (copy === undefined || copy.mode === null) {
    const other = peer === null ? undefined : image.copies[peer]
    if (other?.mode == null) return null
    if (image.trouble === 'parent-not-mirrored') return said('error', 'error bootstrapping replay')
    // In both modes: an image that is not mirrored has the name that the copy would get.
    return copy !== undefined && standing(other) === 'primary' ? said('error', 'split-brain detected') : null
  }
  if (copy.resyncAt !== null) return said('stopping_replay', 'resync requested')
  if (standing(copy) === 'primary') return primarySaid(conditions, site, peer, copy, t)
  if (peer === null) return said('unknown', 'no peer clusters')
  if (copy.copying !== null) return copyingSaid(conditions, image.pool, copy, copy.copying, peer, site, t)
  const source = image.copies[peer]
  if (source === undefined || source.mode === null) return said('error', 'remote image does not exist')
  const journal = copy.mode === 'journal'
  if (splitBrain(copy, site, source, peer)) return said('error', journal ? 'split-brain detected' : 'split-brain')
  // A peer that went dark leaves the last words standing (ceph-facts 4).
  const dark = gapAt(conditions.reachGaps(site, peer), t)
  const seenAt = dark?.from ?? t
  if (standing(source) === 'primary' || (ownTurn(source, peer) !== null && copy.history.at(-1)?.end === 'open')) {
    return journal
      ? replayingJournal(conditions, image, [peer, source], copy, seenAt)
      : replayingSnapshot(conditions, [peer, source], copy, seenAt)
  }
  return said('unknown', journal ? 'remote image is not primary' : 'remote image demoted')
}

function primarySaid(conditions: Conditions, site: SiteName, peer: SiteName | null, copy: Copy, t: number): Said {
  const turn = ownTurn(copy, site)
  // After a forced promotion rbd-mirror hangs on the dead peer until that is back or it is started again itself.
  if (turn?.forced === true && peer !== null) {
    const reachable = workedMs(conditions.reachGaps(site, peer), turn.from, t) > 0
    const restarted = conditions.line(`daemon ${site}`).some((s) => s.value === 'up' && s.at > turn.from && s.at <= t)
    if (!reachable && !restarted) {
      return said('stopping_replay', copy.mode === 'journal' ? 'stopping replay' : 'orphan (force promoting)')
    }
  }
  return said('stopped', 'local image is primary')
}

function copyingSaid(
  conditions: Conditions,
  pool: string,
  copy: Copy,
  copying: { readonly from: number; readonly workMs: number },
  peer: SiteName,
  site: SiteName,
  t: number,
): Said {
  const worked = workedMs(conditions.flowGaps(pool, peer, site), copying.from, t)
  const percent = Math.max(0, Math.min(99, Math.floor((100 * worked) / copying.workMs)))
  if (copy.mode === 'journal') return said('syncing', `bootstrapping, IMAGE_SYNC/COPY_IMAGE ${percent}%`)
  if (mirrorStateOf(copy) === 'creating') {
    // It waits for a snapshot that is for it, and calls that idle: there is nothing at the copy yet (ceph-facts 31).
    return said(
      'replaying',
      'replaying, {"bytes_per_second":0.0,"bytes_per_snapshot":0.0,"last_snapshot_bytes":0,"last_snapshot_sync_seconds":0,' +
        `"remote_snapshot_timestamp":${Math.floor(copying.from / 1000)},"replay_state":"idle"}`,
    )
  }
  const stamp = Math.floor(copying.from / 1000)
  const rate = double(Math.round((copy.sizeBytes / copying.workMs) * 1000))
  return said(
    'replaying',
    `replaying, {"bytes_per_second":${rate},"bytes_per_snapshot":0.0,"last_snapshot_bytes":0,"last_snapshot_sync_seconds":0,` +
      `"remote_snapshot_timestamp":${stamp},"replay_state":"syncing","seconds_until_synced":0,"syncing_percent":${percent},"syncing_snapshot_timestamp":${stamp}}`,
  )
}

function replayingJournal(
  conditions: Conditions,
  image: ImageState,
  [peer, source]: readonly [SiteName, Copy],
  copy: Copy,
  t: number,
): Said {
  const primary = ownCommit(conditions, image, peer, t) ?? journalTail(conditions, peer, source, t)
  const behind = primary === null ? 0 : entriesBehind(primary, copy.position)
  const rate = rateAt(conditions, peer, source, commitTick(conditions, image, t))
  const until = behind > 0 && rate > 0 ? `,"seconds_until_synced":${Math.max(1, Math.round(behind / rate))}` : ''
  return said(
    'replaying',
    `replaying, {"bytes_per_second":${double(rate * BYTES_PER_WRITE)},"entries_behind_primary":${behind},"entries_per_second":${double(rate)},` +
      `"non_primary_position":${positionJson(copy.position)},"primary_position":${positionJson(primary)}${until}}`,
  )
}

/** Ceph sums over tags; across tags the newest tag's entries are a fair count. */
function entriesBehind(primary: Position, copy: Position | null): number {
  if (copy === null || copy.tag !== primary.tag) return primary.entry
  return Math.max(0, primary.entry - copy.entry)
}

function replayingSnapshot(
  conditions: Conditions,
  [peer, source]: readonly [SiteName, Copy],
  copy: Copy,
  seenAt: number,
): Said {
  const local = copy.snaps.findLast((snap) => snap.complete && snap.primarySnapId !== null)
  const syncing = copy.snaps.findLast((snap) => !snap.complete)
  const remote = source.snaps.findLast((snap) => snap.contentAt <= seenAt)
  const stamp = (ms: number) => Math.floor(ms / 1000)
  const bytes = Math.round(rateAt(conditions, peer, source, local?.contentAt ?? 0) * BYTES_PER_WRITE * 60)
  const parts = [
    `"bytes_per_second":${syncing === undefined ? '0.0' : double(bytes)}`,
    `"bytes_per_snapshot":${double(bytes)}`,
    `"last_snapshot_bytes":${bytes}`,
    `"last_snapshot_sync_seconds":${bytes > 0 ? 1 : 0}`,
    ...(local === undefined ? [] : [`"local_snapshot_timestamp":${stamp(local.contentAt)}`]),
    ...(remote === undefined ? [] : [`"remote_snapshot_timestamp":${stamp(remote.contentAt)}`]),
    `"replay_state":"${syncing === undefined ? 'idle' : 'syncing'}"`,
    ...(syncing === undefined
      ? []
      : [`"seconds_until_synced":1,"syncing_percent":50,"syncing_snapshot_timestamp":${stamp(syncing.contentAt)}`]),
  ]
  return said('replaying', `replaying, {${parts.join(',')}}`)
}
