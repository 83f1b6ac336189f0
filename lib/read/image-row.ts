import { GRADES, VERDICTS } from '@/lib/domain/verdict-words'
import { sitesOf } from '@/lib/domain/words'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import type { ImageCloud } from '@/lib/views/image-cloud'
import type { ImageRow, ImageSide } from '@/lib/views/image-row'

const ROLES = ['primary', 'non-primary', 'absent', 'unknown'] as const

/** A stored row as the screens have it: the primary's side first, flags as flags, unknown words as unknown. */
export function imageRow(row: ImagesTable, cloud: ImageCloud | null = null): ImageRow {
  return {
    id: row.id,
    pair: row.pair,
    pool: row.pool,
    namespace: row.namespace,
    name: row.name,
    globalId: row.global_id,
    mode: row.mode === 'journal' ? 'journal' : 'snapshot',
    primarySite: row.primary_site,
    sides: inOrder(row, sidesOf(row)),
    verdict: VERDICTS.find((verdict) => verdict === row.verdict) ?? 'unknown',
    caughtUp: row.caught_up === 1,
    sampled: row.sampled === 1,
    heldUntilAt: row.held_until_at,
    grade: GRADES.find((grade) => grade === row.held_grade) ?? 'unknown',
    objectiveSec: row.objective_sec,
    syncPercent: row.sync_percent,
    sizeBytes: row.size_bytes,
    parent:
      row.parent_name === null
        ? null
        : {
            pool: row.parent_pool ?? row.pool,
            namespace: row.parent_namespace ?? '',
            name: row.parent_name,
            mirrored: row.parent_mirrored === null ? null : row.parent_mirrored === 1,
          },
    schedule: row.schedule,
    cloud,
  }
}

function sidesOf(row: ImagesTable): [ImageSide, ImageSide] {
  const [left, right] = sitesOf(row.pair)
  return [
    { site: left, role: roleOf(row.left_role), state: row.left_state, up: row.left_up === 1 },
    { site: right, role: roleOf(row.right_role), state: row.right_state, up: row.right_up === 1 },
  ]
}

/** Whichever is primary comes first; where none is alone so, the order of the pair's name. */
export const inOrder = <T>(row: ImagesTable, [left, right]: readonly [T, T]): [T, T] =>
  row.primary_site === sitesOf(row.pair)[1] ? [right, left] : [left, right]

const roleOf = (role: string) => ROLES.find((known) => known === role) ?? 'unknown'
