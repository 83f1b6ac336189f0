import type { Held } from '@/lib/domain/held'
import { breachAt } from '@/lib/domain/objective'
import { type Judgement, SEVERITY } from '@/lib/domain/verdict'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import type { ImageState } from './image-state'

/** The row of an image, as it should stand in the store. `changed_at` is `nowMs` where anything else is another. */
export function rowOf(image: ImageState, judgement: Judgement, held: Held, nowMs: number): ImagesTable {
  const { left, right, stored } = image
  // While it stays caught up the time of sampling speaks for it; its own point is only a floor and is left alone.
  const keepsPoint = held.caughtUp && stored?.caught_up === 1 && stored.held_until_at !== null
  const heldUntilAt = keepsPoint ? stored.held_until_at : held.untilAt
  return {
    id: image.id,
    pair: image.pair,
    pool: image.pool,
    namespace: image.namespace,
    global_id: image.globalId,
    name: nameOf(image, judgement),
    mode: image.mode,
    left_role: left.role,
    right_role: right.role,
    left_state: left.state,
    right_state: right.state,
    left_up: left.up ? 1 : 0,
    right_up: right.up ? 1 : 0,
    left_description: left.shownDescription,
    right_description: right.shownDescription,
    left_image_id: left.imageId,
    right_image_id: right.imageId,
    primary_site: judgement.primarySite,
    verdict: judgement.verdict,
    verdict_text: judgement.text,
    severity: SEVERITY[judgement.verdict],
    caught_up: held.caughtUp ? 1 : 0,
    // One whose journal's end is not found would hold the others' time of sampling back.
    sampled: image.inSet && held.grade === 'measured' ? 1 : 0,
    held_until_at: heldUntilAt,
    held_grade: held.grade,
    held_text: held.text,
    objective_sec: image.objectiveSec,
    breach_at: held.caughtUp ? null : breachAt(heldUntilAt, image.objectiveSec),
    sync_percent: judgement.syncPercent,
    size_bytes: image.sizeBytes,
    parent_pool: image.parent?.pool ?? null,
    parent_namespace: image.parent?.namespace ?? null,
    parent_name: image.parent?.name ?? null,
    parent_mirrored: image.parentMirrored === null ? null : image.parentMirrored ? 1 : 0,
    schedule: image.schedule,
    copy_since: image.copySince,
    cloned_copy: image.clone.clonedCopy,
    hollow: image.clone.hollow,
    changed_at: nowMs,
  }
}

/** The primary's name for it; the two sides may differ for a moment after a rename. */
function nameOf({ left, right, stored }: ImageState, { primarySite }: Judgement): string {
  const first = primarySite === right.site ? right : left
  return first.name || (first === left ? right.name : left.name) || (stored?.name ?? '')
}

/** Is the row what the store has already? `changed_at` is not compared: the time of looking is no change. */
export function sameRow(a: ImagesTable, b: ImagesTable): boolean {
  for (const column in b) {
    if (column === 'changed_at') continue
    if (a[column as keyof ImagesTable] !== b[column as keyof ImagesTable]) return false
  }
  return true
}
