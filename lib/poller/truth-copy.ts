import type { JournalPosition } from '@/lib/domain/journal-position'
import type { StatusDetail } from '@/lib/domain/mirror-status'
import type { MirrorMode } from '@/lib/domain/words'
import { type FakeImage, type FakeSite, journalDetail } from './fake-sites'

/** One write that a client was told is safe. */
export interface Write {
  readonly id: number
  readonly ackedAt: number
  readonly position: JournalPosition
}

/** One copy as it really is: what it holds, and what its site tells of it, which is later and less. */
export interface Copy {
  readonly site: FakeSite
  readonly image: FakeImage
  content: Write[]
  /** Content of the newest complete mirror snapshot that came from the other side, and of each own one by id. */
  whole: Write[]
  readonly madeHere: Map<number, Write[]>
  copyingUntil: number
}

/** What the daemon of a copy says of it while it follows, or tries to follow, the image at the other side. */
export function followingDetail(mode: MirrorMode, copy: Copy, from: Copy): StatusDetail {
  if (from.image.role !== 'primary') return { kind: 'remote-not-primary' }
  const behind = from.content.length - copy.content.length
  if (!copy.content.every((write, i) => from.content[i] === write)) return { kind: 'split-brain' }
  if (mode === 'journal') return journalDetail(behind)
  const held = from.image.snapshots.find((mark) => mark.id === copy.image.snapshots.at(-1)?.primarySnapId)
  const localSnapshotAt = held === undefined ? null : Math.floor(held.takenAt / 1000) * 1000
  return {
    kind: 'replaying-snapshot',
    replayState: 'idle',
    remoteSnapshotAt: localSnapshotAt,
    localSnapshotAt,
    syncingPercent: null,
    bytesPerSecond: null,
  }
}
