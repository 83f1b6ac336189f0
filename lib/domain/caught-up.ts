import { comparePositions, type JournalPosition } from './journal-position'
import type { Verdict } from './verdict-words'
import type { MirrorMode, SiteName } from './words'

/** What is known of one image when it is asked whether its copy has caught up. Times are the console's clock. */
export interface Follower {
  readonly key: string
  readonly name: string
  readonly mode: MirrorMode
  readonly verdict: Verdict
  readonly verdictText: string
  readonly primarySite: SiteName | null
  /** The newest moment that the copy is known to hold everything of; null: none is known. */
  readonly heldUntilAt: number | null
  /** Both sides were read lately: without that nothing is proven. */
  readonly fresh: boolean
  /** Newest entry that the copy has committed (journal mode), null where not known. */
  readonly position: JournalPosition | null
  /** Interval of the schedule in force, '' none, null not read (snapshot mode). */
  readonly schedule: string | null
}

/** What does not hold yet, and what helps, in sentences. */
export interface Rest {
  readonly key: string
  readonly name: string
  readonly heldUntilAt: number | null
  readonly why: string
  readonly helps: string
}

/**
 * Does the copy hold everything that was acknowledged by `sinceAt`? In snapshot mode that takes a snapshot made at the
 * primary after it and complete at the copy, in journal mode a commit position at or past the end of the journal as it
 * was sampled after it. A status alone, "replaying" included, proves nothing: on a cut link it stays so (ceph-facts 25).
 */
export const holdsSince = (image: Pick<Follower, 'heldUntilAt' | 'verdict' | 'fresh'>, sinceAt: number): boolean =>
  image.fresh && image.verdict === 'following' && image.heldUntilAt !== null && image.heldUntilAt >= sinceAt

/** Where an image stood when the outage was acknowledged. */
export interface Baseline {
  readonly key: string
  readonly fromSite: SiteName
  readonly position: JournalPosition | null
}

/**
 * gone-on: replication was seen to move past where it stood, to everything written by the return. nothing-new: the copy
 * holds everything there is, but nothing was written since, so nothing moved: no proof that it would. moved: its primary
 * is at the other site now. waiting: not proven.
 */
export type GoneOn = 'gone-on' | 'nothing-new' | 'moved' | 'waiting'

export function goneOn(image: Follower, { fromSite, position }: Baseline, returnedAt: number): GoneOn {
  if (image.primarySite !== null && image.primarySite !== fromSite) return 'moved'
  if (!holdsSince(image, returnedAt)) return 'waiting'
  // A snapshot is made whether anything was written or not, and this one was copied after the return.
  if (image.mode === 'snapshot') return 'gone-on'
  if (position === null || image.position === null) return 'nothing-new'
  return comparePositions(image.position, position) > 0 ? 'gone-on' : 'nothing-new'
}

const HELPS: Readonly<Partial<Record<Verdict, (survivor: SiteName) => string>>> = {
  'split-brain': (site) =>
    `It may be spurious: restart rbd-mirror at ${site} and look again before anything is given up. If it stays, choose the good copy at Protect again.`,
  'two-primaries': () => 'Stop the clients at one of the two sites, then choose the good copy at Protect again.',
  hollow: (site) => `Resync the copy at ${site} from its primary, as long as that is alive.`,
  'no-copy': (site) => `Look at ${site} for the copy: if it was removed there, rbd-mirror makes a new one by itself.`,
  'both-secondary': () => 'Promote the copy that holds more, after a look at both.',
}

/** Why it is not proven, and what helps. `copySite`: where rbd-mirror has to do the copying. */
export function restOf(image: Follower, sinceWord: string, copySite: SiteName): Rest {
  const { key, name, heldUntilAt } = image
  const rest = (why: string, helps: string): Rest => ({ key, name, heldUntilAt, why, helps })
  const restart = `Restart rbd-mirror at ${copySite}: it may still hang on the old connections.`
  if (!image.fresh) return rest('a side of it has not been read lately', 'Nothing is proven until both sites are read.')
  if (image.verdict !== 'following')
    return rest(image.verdictText, HELPS[image.verdict]?.(copySite) ?? (image.verdict === 'copying' ? '' : restart))
  if (image.mode === 'journal') return rest(`the copy has not replayed the journal to ${sinceWord}`, restart)
  if (image.schedule === '')
    return rest(
      `no snapshot made after ${sinceWord} is complete at the copy, and no schedule makes one`,
      'Take a mirror snapshot, or set a schedule.',
    )
  return rest(`no snapshot made after ${sinceWord} is complete at the copy yet`, restart)
}
