import type { MirrorMode, SiteName } from '@/lib/domain/words'
import type { ParentSpec } from './spec'

/**
 * A term of being primary. A copy's history lists the turns that it knows of, oldest first. `ended`: by a demotion
 * that this copy has seen. `cut`: this copy was promoted by force before the turn's end. Two copies whose histories
 * do not fit are what Ceph calls a split-brain.
 */
export interface Turn {
  readonly id: string
  readonly site: SiteName
  readonly end: 'open' | 'ended' | 'cut'
  /** When it began, and when it was demoted at its own site. */
  readonly from: number
  readonly until: number | null
  readonly forced: boolean
}

/** From `from` on the clients write `perSec`; `burst` writes were made at that moment at once. */
export interface WriteRun {
  readonly from: number
  readonly perSec: number
  readonly burst: number
}

/** The content of a copy: how many of each turn's acknowledged writes it holds, and when the last of them was made. */
export interface Held {
  readonly turn: string
  readonly writes: number
  readonly lastAt: number | null
}

export interface MirrorSnap {
  readonly id: number
  readonly state: 'primary' | 'primary_demoted' | 'non_primary' | 'non_primary_demoted' | 'orphan'
  readonly complete: boolean
  /** At the primary: is the peer still listed (not yet unlinked)? */
  readonly linked: boolean
  readonly primarySnapId: number | null
  /** Time of the content at the primary; `takenAt` is the making of this snapshot at this site. */
  readonly contentAt: number
  readonly takenAt: number
}

/** A snapshot that a user made by command. */
export interface UserSnap {
  readonly id: number
  readonly name: string
  readonly takenAt: number
}

export interface OpenClient {
  readonly entity: string
  readonly globalId: number
  /** `10.0.0.7:0/3141592`, as watchers and blocklist name it. */
  readonly address: string
  readonly cookie: number
}

export interface Position {
  readonly tag: number
  readonly entry: number
}

/** '' its own, '<orphan>' a demotion, 'peer' the other's. `before`: who wrote before it. */
interface Tag {
  readonly id: number
  readonly owner: '' | '<orphan>' | 'peer'
  readonly before?: Tag['owner']
}

/** One image at one site, as of the record's time. */
export interface Copy {
  readonly id: string
  readonly sizeBytes: number
  readonly parent: ParentSpec | null
  /** When it was flattened here, as a primary in snapshot mode: its copy hears of it with the next mirror snapshot. */
  readonly flattenedAt?: number
  /** The protected one that it began with. */
  readonly userSnapshot: string | null
  /** Those made since, oldest first; not there where there are none. */
  readonly taken?: readonly UserSnap[]
  readonly createdAt: number
  /** Null where mirroring is not enabled on it. */
  readonly mode: MirrorMode | null
  readonly globalId: string
  readonly journaling: boolean
  /** Its features without journaling; not there where they are the usual ones. */
  readonly features?: readonly string[]
  readonly history: readonly Turn[]
  readonly held: readonly Held[]
  /** Writes of the turn that this copy owns and has not ended. */
  readonly runs: readonly WriteRun[]
  readonly snaps: readonly MirrorSnap[]
  /** Newest tag of its journal. */
  readonly tag: Tag
  /** rbd-mirror made it, by copying the whole image from the peer. */
  readonly filled?: boolean
  /** Its registered commit position in the peer's journal. */
  readonly position: Position | null
  readonly copying: { readonly from: number; readonly workMs: number } | null
  readonly resyncAt: number | null
  /** rbd-mirror says split-brain of it although its history fits: seen after its peer was rebuilt (ceph-facts 26). */
  readonly estranged?: boolean
  /** Its primary was flattened in snapshot mode: what it had from its parent reads as zeros (ceph-facts 24). */
  readonly hollow?: boolean
  /** The peer's mirroring was disabled: this copy will be removed. */
  readonly abandonedAt: number | null
  /** When its state last changed by itself (a demotion arrived, a copy was finished). */
  readonly changedAt: number
  readonly clients: readonly OpenClient[]
}

/** What a daemon wrote of a copy, at its own site or at the peer. */
export interface Published {
  readonly at: number
  readonly state: string
  readonly description: string
}

export interface ImageState {
  readonly pool: string
  readonly name: string
  readonly index: number
  readonly sites: readonly SiteName[]
  readonly at: number
  readonly copies: Readonly<Record<SiteName, Copy>>
  /** Newest status that each site's daemon had written by `at`: `site` here, `site>peer` at the peer. */
  readonly published: Readonly<Record<string, Published>>
  readonly trouble: 'parent-not-mirrored' | null
  /** Sites whose copy was removed, and when: it is made again from a primary that can be reached. */
  readonly absentSince: Readonly<Record<SiteName, number>>
  /** Drawn once: how this image differs from its neighbours, in [0, 1). */
  readonly jitter: number
  readonly writesPerSec: number
}

/** How Ceph derives the standing of a copy: from its newest mirror snapshot or its journal's newest tag, nothing else. */
export function standing(copy: Copy): 'primary' | 'orphan' | 'non-primary' {
  if (copy.mode === 'journal') {
    if (copy.tag.owner === '') return 'primary'
    return copy.tag.owner === '<orphan>' ? 'orphan' : 'non-primary'
  }
  const newest = copy.snaps.at(-1)
  if (newest === undefined) return 'non-primary'
  if (newest.state === 'primary') return 'primary'
  return newest.state === 'primary_demoted' || newest.state === 'non_primary_demoted' ? 'orphan' : 'non-primary'
}

/** Ceph's word for the state of the mirroring of a copy; `creating` until it has its first snapshot. */
export const mirrorStateOf = (copy: Copy): 'enabled' | 'creating' =>
  copy.mode === 'snapshot' && copy.copying !== null && copy.snaps.length === 0 ? 'creating' : 'enabled'

/** The other site of the pair where a copy of this image is or could be. */
export const peerOf = (image: ImageState, site: SiteName): SiteName | null =>
  image.sites.find((name) => name !== site) ?? null

/** The turn that the copy itself owns and that is its newest; null for a copy that follows. */
export function ownTurn(copy: Copy, site: SiteName): Turn | null {
  const last = copy.history.at(-1)
  return last !== undefined && last.site === site ? last : null
}
