import type { JournalPosition } from './journal-position'
import type { ImageSpec, MirrorMode, Role } from './words'

/** A mirror snapshot as it stands in one copy. `takenAt` is the time of its making THERE, in epoch milliseconds. */
export interface MirrorSnapshot {
  readonly id: number
  readonly role: 'primary' | 'primary-demoted' | 'non-primary' | 'non-primary-demoted'
  readonly complete: boolean
  /** At a copy: which snapshot of the primary this one holds. */
  readonly primarySnapId: number | null
  readonly primaryMirrorUuid: string
  readonly takenAt: number
  /** At a primary: does a peer still need it? The oldest that one needs is the newest that it copied completely. */
  readonly linked?: boolean
}

/** A registered reader of the journal. The image's own client has the id ''; a copy's is its mirror uuid. */
export interface JournalClient {
  readonly id: string
  readonly state: 'connected' | 'disconnected'
  /** Newest entry that this client has committed, null before the first. */
  readonly position: JournalPosition | null
  /**
   * Which image at its own site this reader copied from here in full before it replayed; null: none. A reader that is
   * registered late is given the position of the slowest, and seems to have committed what it never read (ceph-facts 38).
   */
  readonly filled?: string | null
}

/** Who wrote from a tag on: '' the image itself, '<orphan>' a demotion, otherwise the mirror uuid of the peer. */
export interface JournalTag {
  readonly id: number
  readonly mirrorUuid: string
  /** Who wrote before it, in the same words. Of an orphan's: '' a demotion made here, a mirror uuid one that was replayed. */
  readonly before: string
}

export interface Journal {
  readonly clients: readonly JournalClient[]
  /** The newest tag, null where the journal has none. */
  readonly newestTag: JournalTag | null
  /** Newest entry appended, as read from the journal's objects; null where there is none or it could not be found. */
  readonly tail: JournalPosition | null
}

/** What one copy says of itself when it is looked at directly (not through rbd-mirror's status, which is up to 30 s old). */
export interface Lineage {
  readonly spec: ImageSpec
  readonly imageId: string
  readonly globalId: string
  readonly mode: MirrorMode
  readonly role: Role
  readonly sizeBytes: number
  readonly parent: ImageSpec | null
  /** Oldest first. Empty in journal mode. */
  readonly snapshots: readonly MirrorSnapshot[]
  /** Null in snapshot mode, and where the journal could not be read. */
  readonly journal: Journal | null
}

/** The newest mirror snapshot of a lineage, whole or not. */
export const newestSnapshot = (lineage: Lineage): MirrorSnapshot | null => lineage.snapshots.at(-1) ?? null

/** The newest mirror snapshot that is completely there. */
export const newestCompleteSnapshot = (lineage: Lineage): MirrorSnapshot | null =>
  lineage.snapshots.findLast((snapshot) => snapshot.complete) ?? null

/** Ceph's word for "no owner": the tag that a demotion leaves. Source: librbd/Journal.cc ORPHAN_MIRROR_UUID. */
export const ORPHAN = '<orphan>'
