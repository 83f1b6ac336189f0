import { containedIn } from './containment'
import { type Hollow, isStillHollow } from './hollow'
import { type Lineage, newestSnapshot } from './lineage'
import type { MirrorRow } from './mirror-status'
import type { Reading } from './reading'
import type { SiteName } from './words'

/** All that is known, from one look at both sites, of a copy that is to be deleted and copied again. */
export interface ResyncLook {
  /** Before the first question and after the last answer, epoch milliseconds by the console's clock. */
  readonly askedAt: number
  readonly now: number
  readonly globalId: string
  /** The copy that was approved for it, by its id in its own cluster. */
  readonly copyId: string
  /** Is that copy known to be hollow? Then it follows, and has to be copied anew all the same (domain/hollow). */
  readonly hollow: Hollow | null
  readonly from: SiteName
  readonly to: SiteName
  readonly primary: Reading<Lineage>
  readonly copy: Reading<Lineage>
  readonly primaryRow: MirrorRow | null
  readonly copyRow: MirrorRow | null
  /** The mirror uuid of `from`, as `to` knows its peer. */
  readonly primaryUuid: string | null
  /** The mirror uuid of `to`, as `from` knows its peer. */
  readonly copyUuid: string | null
  /** Clones of the copy, and users' snapshots at both; null where that could not be read. */
  readonly children: readonly string[] | null
  readonly copySnapshots: readonly string[] | null
  readonly primarySnapshots: readonly string[] | null
}

/** wait: it is not known, or not yet so. no: not by a resync, whatever is waited for. */
export type MayResync =
  | { readonly kind: 'may'; readonly evidence: string }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'no'; readonly reason: string }

/** Older than this, what was read is not "now": the peer may have been demoted, or lost, since. */
export const LOOK_MAX_MS = 30_000

const wait = (reason: string): MayResync => ({ kind: 'wait', reason })
const no = (reason: string): MayResync => ({ kind: 'no', reason })

/**
 * May this copy be resynced? A resync deletes before it copies (ceph-facts 2), so only where the peer answered in this same
 * look as a whole primary of the same image that holds all that the copy has. Everything else is waited for or refused.
 */
export function mayResync(look: ResyncLook): MayResync {
  const { from, to, primary, copy } = look
  if (primary.kind === 'unknown') return wait(`not known at ${from}: ${primary.reason}`)
  if (copy.kind === 'unknown') return wait(`not known at ${to}: ${copy.reason}`)
  if (look.now - look.askedAt > LOOK_MAX_MS) return wait(`the answers took too long: ${from} may be gone since`)
  return primaryStands(look, primary.value) ?? copyMayGo(look, copy.value) ?? held(look, copy.value, primary.value)
}

/** Why the primary is no source to copy from; null where it is one. */
function primaryStands({ from, globalId, primaryRow }: ResyncLook, primary: Lineage): MayResync | null {
  if (primary.globalId !== globalId) return no(`another image has this name at ${from}: its global id differs`)
  if (primary.role !== 'primary')
    return no(`not primary at ${from}: a resync would delete the copy with nothing to copy from`)
  if (primaryRow === null) return wait(`${from} lists no such mirrored image`)
  if (primaryRow.role !== 'primary') return wait(`${from} said primary and non-primary in one look`)
  if (primaryRow.state !== 'enabled') return no(`its mirroring at ${from} is ${primaryRow.state}`)
  const saying = primaryRow.local.detail.kind
  if (saying === 'copying' || saying === 'resync-requested' || saying === 'remote-gone')
    return wait(`it is not whole at ${from}: ${primaryRow.local.description}`)
  if (primary.mode === 'snapshot' && newestSnapshot(primary)?.complete !== true)
    return wait(`its newest mirror snapshot at ${from} is not complete`)
  return null
}

/** Why the copy must stay; null where nothing of it keeps it. */
function copyMayGo(look: ResyncLook, copy: Lineage): MayResync | null {
  const { to, from, copyRow } = look
  if (copy.globalId !== look.globalId) return no(`another image has this name at ${to}: its global id differs`)
  if (copy.imageId !== look.copyId) return no(`another image stands at ${to} than the one that was looked at`)
  if (copy.role === 'primary') return no(`primary at ${to} too: protect it again instead, which keeps what it has`)
  if (copyRow === null) return wait(`${to} lists no such mirrored image`)
  if (copyRow.role === 'primary') return wait(`${to} said primary and non-primary in one look`)
  const saying = copyRow.local.detail.kind
  const known = look.hollow === null ? null : { copyId: look.copyId, hollow: look.hollow }
  if (copyRow.local.up && saying.startsWith('replaying') && !isStillHollow(known, look.copy))
    return no(`it follows ${from}: there is nothing to mend`)
  if (saying === 'copying') return wait(`it is being copied already: ${copyRow.local.description}`)
  if (look.children === null || look.copySnapshots === null) return wait(`what hangs on it at ${to} is not known`)
  const [child] = look.children
  if (child !== undefined)
    return no(
      `${look.children.length} clones hang on it at ${to} (${child}): its deletion fails. Protect it again instead`,
    )
  if (look.primarySnapshots === null) return wait(`the users' snapshots at ${from} are not known`)
  const lost = firstSnapshotOfTheCopyAlone(look.copySnapshots, look.primarySnapshots)
  if (lost !== null)
    return no(`its snapshot ${lost} is at ${to} alone and would be deleted. Protect it again instead, which keeps it`)
  return null
}

/**
 * The first of the users' snapshots at the copy that the primary lacks, null where there is none. Not the users': what
 * rbd-mirror makes for itself while it copies in journal mode. Source: rbd_mirror/image_sync/SyncPointCreateRequest.cc.
 */
export const firstSnapshotOfTheCopyAlone = (atCopy: readonly string[], atPrimary: readonly string[]): string | null =>
  atCopy.find((name) => !name.startsWith('.rbd-mirror.') && !atPrimary.includes(name)) ?? null

function held({ to, from, primaryUuid, copyUuid }: ResyncLook, copy: Lineage, primary: Lineage): MayResync {
  const found = containedIn(copy, primary, primaryUuid, copyUuid)
  if (found.kind === 'contained') return { kind: 'may', evidence: `${from} holds all of it: ${found.evidence}` }
  if (found.kind === 'unknown')
    return no(`whether ${to} has what ${from} lacks is not known: ${found.reason}. Protect it again instead`)
  return no(`a real split: ${to} has what ${from} lacks (${found.evidence}). Protect it again instead, which keeps it`)
}
