import type { VolumeStanding } from './cloud-exposure'
import { isTakenAlong } from './cloud-ghosts'
import type { Fate } from './fate'
import type { LostReason } from './summary'
import type { Grade } from './verdict-words'

export interface VolumeEvidence {
  readonly replicationStatus: string | null
  /** Has the pool of its images been read at its site lately? Without that an image that is not found says nothing. */
  readonly poolRead: boolean
  /** Its mirrored image; null where none was found. */
  readonly image: {
    readonly fate: Fate
    /** Is the copy's side read now? One that nobody can read is not counted on. */
    readonly copyRead: boolean
    readonly untilAt: number | null
    readonly objectiveSec: number
    readonly grade: Grade
  } | null
}

const LOST: Readonly<Record<Exclude<LostReason, 'stale-evidence'>, string>> = {
  'not-mirrored': 'not mirrored',
  'split-brain': 'split-brain',
  copying: 'still copying',
  hollow: 'its copy is hollow',
  'parent-not-mirrored': 'parent without a copy',
  'no-copy': 'it has no copy',
  unprotected: 'nothing follows it since it was promoted by force',
  error: 'rbd-mirror gave up on it',
}

/** How one volume stands if the site of its primary is lost now. What is not known is never counted as coming back. */
export function volumeStanding({ replicationStatus, poolRead, image }: VolumeEvidence): VolumeStanding {
  if (image === null) {
    if (!isTakenAlong({ replicationStatus })) return { kind: 'no-copy', why: 'not replicated' }
    if (!poolRead) return { kind: 'unknown', why: 'the pool of its image is not read' }
    return { kind: 'no-copy', why: 'no mirrored image of it is there' }
  }
  const { fate, copyRead, untilAt, objectiveSec, grade } = image
  if (fate.kind === 'lost' && fate.reason !== 'stale-evidence') return { kind: 'no-copy', why: LOST[fate.reason] }
  if (!copyRead) return { kind: 'unknown', why: 'the site of its copy is not read' }
  if (fate.kind === 'lost' || untilAt === null) return { kind: 'unknown', why: 'nothing is known to be held' }
  return { kind: 'held', untilAt, breachAt: untilAt + objectiveSec * 1000, grade }
}
