import type { Lineage } from './lineage'
import type { Reading } from './reading'
import type { Judgement } from './verdict'
import type { Verdict } from './verdict-words'
import type { MirrorMode, SiteName } from './words'

/**
 * What is known of copies that lost what they had from a parent (ceph-facts 24). A flatten in snapshot mode makes the copy
 * let go of its parent with nothing in return, and no status says so. A copy itself cannot be flattened by anybody, so one
 * that was a clone and is none any more is hollow, until it is another image. One that never was a clone is not.
 *
 * `clonedCopy`: the image id of the newest copy that was seen with a parent; '' one that was there before; null none.
 * `hollow`: what is said of that copy. seen: it was a clone and is none. unseen: it was made while nobody looked, about when
 * the image was flattened, and which came first is not known.
 */
export interface CloneMemory {
  readonly clonedCopy: string | null
  readonly hollow: Hollow | null
}

export const HOLLOWS = ['seen', 'unseen'] as const
export type Hollow = (typeof HOLLOWS)[number]

export const NO_CLONE: CloneMemory = { clonedCopy: null, hollow: null }

/** What one look at a copy adds: whether it hangs on a parent now. */
export function afterLook(memory: CloneMemory, copyId: string, isClone: boolean): CloneMemory {
  if (isClone) return { clonedCopy: copyId, hollow: null }
  const { clonedCopy, hollow } = memory
  if (clonedCopy === null || hollow !== null) return memory
  return { clonedCopy: copyId, hollow: clonedCopy === copyId ? 'seen' : 'unseen' }
}

/**
 * The copy at a site is another image now. What was hollow was made anew from a primary that was flat already: whole. What
 * was a clone is forgotten, except where nobody watched: then the flatten may have come before it or after it.
 */
export function afterNewCopy(memory: CloneMemory, watched: 'watched' | 'not watched'): CloneMemory {
  return watched === 'watched' || memory.hollow !== null ? NO_CLONE : memory
}

/** Another site takes the writes: of the copy there nothing is known yet. What is hollow stays so, by its image id. */
export const afterSwitch = (memory: CloneMemory): CloneMemory => (memory.hollow === null ? NO_CLONE : memory)

/** Verdicts that say less of the copy than that it is hollow. Others stand: what is being copied anew, or is not there. */
const SAYS_LESS: ReadonlySet<Verdict> = new Set<Verdict>(['following', 'stopped', 'error', 'unknown'])

interface HollowCopy extends CloneMemory {
  readonly mode: MirrorMode
  readonly copySite: SiteName
  readonly copyId: string
}

/** Is the copy of this id hollow? In journal mode a flatten is carried with its content. */
export const isHollow = ({ mode, clonedCopy, hollow }: CloneMemory & { readonly mode: MirrorMode }, copyId: string) =>
  mode === 'snapshot' && hollow !== null && clonedCopy === copyId

/** The verdict from both sides, with what no status says. */
export function withHollow(judgement: Judgement, copy: HollowCopy): Judgement {
  const { primarySite } = judgement
  if (primarySite === null || copy.hollow === null || !isHollow(copy, copy.copyId)) return judgement
  if (!SAYS_LESS.has(judgement.verdict)) return judgement
  return { verdict: 'hollow', text: TEXTS[copy.hollow](primarySite, copy.copySite), primarySite, syncPercent: null }
}

const TEXTS: Readonly<Record<Hollow, (primary: SiteName, copy: SiteName) => string>> = {
  seen: (primary, copy) =>
    `Hollow: it was flattened at ${primary} in snapshot mode, and where its parent's data was the copy at ${copy} reads zeros. Ceph says that it follows. Resync it from ${primary}`,
  unseen: (primary, copy) =>
    `Hollow, perhaps: it was flattened at ${primary} and copied again at ${copy} while nobody looked. Unless the copy came last, it reads zeros where the parent's data was. Resync it from ${primary}`,
}

/** A copy that the store knows to be hollow, by its image id in its own cluster. */
export interface KnownHollow {
  readonly copyId: string
  readonly hollow: Hollow
}

/** Is what stands here now that hollow copy? One that has its parent still, or has another id, is not. */
export const isStillHollow = (known: KnownHollow | null, copy: Reading<Lineage>): boolean =>
  known !== null &&
  copy.kind === 'known' &&
  copy.value.mode === 'snapshot' &&
  copy.value.role === 'non-primary' &&
  copy.value.imageId === known.copyId &&
  copy.value.parent === null

/**
 * A primary that hangs on no parent while its copy still does was flattened, and the next mirror snapshot of it, a demotion
 * too, makes the copy hollow. Until then the copy is whole, as of the snapshot that it holds.
 */
export const willBeHollow = (primary: Lineage, copy: Lineage): boolean =>
  primary.mode === 'snapshot' && copy.role === 'non-primary' && primary.parent === null && copy.parent !== null
