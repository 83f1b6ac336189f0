import { z } from 'zod'
import type { JournalPosition } from '@/lib/domain/journal-position'
import type { StatusDetail } from '@/lib/domain/mirror-status'

/** What rbd-mirror writes, word for word. Sources: tools/rbd_mirror: ImageReplayer.cc, image_replayer (both Replayer.cc). */
const WORDS: Readonly<Record<string, StatusDetail['kind']>> = {
  'local image is primary': 'primary',
  'remote image demoted': 'remote-demoted',
  'remote image is not primary': 'remote-not-primary',
  'remote image is non-primary': 'remote-not-primary',
  'split-brain': 'split-brain',
  'split-brain detected': 'split-brain',
  'force promoted': 'force-promoting',
  'orphan (force promoting)': 'force-promoting',
  'resync requested': 'resync-requested',
  'remote image no longer exists': 'remote-gone',
  'status not found': 'not-reported',
}

/** Anything a number may be where Ceph computed it wrongly: null past what can be true (11601272640106397696 was printed). */
const count = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e15 ? value : null,
  )
const seconds = count.transform((value) => (value === null || value === 0 ? null : value * 1000))

const position = z
  .object({ tag_tid: z.number(), entry_tid: z.number() })
  .transform(({ tag_tid, entry_tid }): JournalPosition => ({ tag: tag_tid, entry: entry_tid }))
  .nullable()
  // `{}` is what is printed before the first commit.
  .catch(null)

const Snapshot = z
  .object({
    replay_state: z.string(),
    remote_snapshot_timestamp: seconds,
    local_snapshot_timestamp: seconds,
    syncing_percent: count,
    bytes_per_second: count,
  })
  .transform(
    (said): StatusDetail => ({
      kind: 'replaying-snapshot',
      replayState: said.replay_state,
      remoteSnapshotAt: said.remote_snapshot_timestamp,
      localSnapshotAt: said.local_snapshot_timestamp,
      syncingPercent: said.syncing_percent,
      bytesPerSecond: said.bytes_per_second,
    }),
  )

const Journal = z
  .object({
    primary_position: position,
    non_primary_position: position,
    entries_behind_primary: count,
    bytes_per_second: count,
  })
  .transform(
    (said): StatusDetail => ({
      kind: 'replaying-journal',
      primaryPosition: said.primary_position,
      nonPrimaryPosition: said.non_primary_position,
      entriesBehind: said.entries_behind_primary,
      bytesPerSecond: said.bytes_per_second,
    }),
  )

/**
 * The meaning of a status description, in every shape that Ceph's releases print. What is not known is
 * `other`: the state word then speaks for itself, and nothing is claimed.
 */
export function statusDetail(description: string): StatusDetail {
  const text = description.trim()
  const word = WORDS[text]
  if (word !== undefined) return { kind: word } as StatusDetail
  return copying(text) ?? replaying(text) ?? { kind: 'other' }
}

/** `bootstrapping, IMAGE_SYNC/COPY_IMAGE 18%`: only an image sync copies; other bootstrap phases are a start. */
function copying(text: string): StatusDetail | null {
  const found = /^bootstrapping, IMAGE_SYNC(?:\/(\S+?))?(?:\s+(\d{1,3})\s*%)?\.*$/.exec(text)
  if (found === null) return null
  return { kind: 'copying', phase: found[1] ?? 'IMAGE_SYNC', percent: found[2] === undefined ? null : Number(found[2]) }
}

function replaying(text: string): StatusDetail | null {
  if (!text.startsWith('replaying,')) return null
  const rest = text.slice('replaying,'.length).trim()
  if (!rest.startsWith('{')) return oldJournal(rest)
  let json: unknown
  try {
    json = JSON.parse(rest)
  } catch {
    return null
  }
  const keys = typeof json === 'object' && json !== null ? json : {}
  if ('replay_state' in keys) return Snapshot.safeParse(json).data ?? null
  const journal = ['primary_position', 'non_primary_position', 'entries_behind_primary'].some((key) => key in keys)
  return journal ? (Journal.safeParse(json).data ?? null) : null
}

/** Jewel to Nautilus: `master_position=[object_number=3, tag_tid=1, entry_tid=3], mirror_position=[], entries_behind_master=3`. */
function oldJournal(text: string): StatusDetail | null {
  const found = /^master_position=\[(.*?)\], mirror_position=\[(.*?)\], entries_behind_master=(-?\d+)/.exec(text)
  if (found === null) return null
  return {
    kind: 'replaying-journal',
    primaryPosition: oldPosition(found[1] ?? ''),
    nonPrimaryPosition: oldPosition(found[2] ?? ''),
    entriesBehind: count.parse(Number(found[3])),
    bytesPerSecond: null,
  }
}

function oldPosition(text: string): JournalPosition | null {
  const tag = /tag_tid=(\d+)/.exec(text)?.[1]
  const entry = /entry_tid=(\d+)/.exec(text)?.[1]
  return tag === undefined || entry === undefined ? null : { tag: Number(tag), entry: Number(entry) }
}
