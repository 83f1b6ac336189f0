import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { exposureSec } from '@/lib/views/exposure'
import type { ImageCloud } from '@/lib/views/image-cloud'
import type { ImagesFilter } from '@/lib/views/images-filter'
import { rowNow } from '@/lib/views/readings'
import { cloudOfImages } from './cloud-of-images'
import { csvLine } from './csv-line'
import { imageRow } from './image-row'
import { type Condition, conditionOf } from './images-where'
import type { Moment } from './moment'

const ROWS_A_CHUNK = 1000

/** The filtered list as CSV, by name, a thousand rows at a time: 100,000 rows never stand in memory at once. */
export function imagesCsv(store: Store, filter: ImagesFilter, moment: Moment): ReadableStream<Uint8Array> {
  const condition = conditionOf(filter, moment, 'leave')
  const encoder = new TextEncoder()
  let after: { name: string; id: string } | null = null
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(HEAD))),
    async pull(controller) {
      const rows = await chunk(store, condition, after)
      const last = rows.at(-1)
      if (last === undefined) return controller.close()
      after = { name: last.name, id: last.id }
      const clouds = await cloudOfImages(store, rows)
      const lines = rows.map((row) => csvLine(cells(row, clouds.get(row.id) ?? null, moment)))
      controller.enqueue(encoder.encode(lines.join('')))
    },
  })
}

function chunk(store: Store, condition: Condition, after: { name: string; id: string } | null) {
  const query = store
    .selectFrom('images')
    .selectAll()
    .where(condition)
    .orderBy('name')
    .orderBy('id')
    .limit(ROWS_A_CHUNK)
  if (after === null) return query.execute()
  return query
    .where((e) => e.and([e('name', '>=', after.name), e.or([e('name', '>', after.name), e('id', '>', after.id)])]))
    .execute()
}

const HEAD = [
  ...['pool', 'namespace', 'name', 'global_id', 'pair', 'primary_site', 'verdict', 'verdict_text', 'mode'],
  ...['held_until', 'grade', 'exposure_sec', 'objective_sec', 'size_bytes', 'schedule'],
  ...['left_role', 'left_state', 'right_role', 'right_state'],
  ...['volume', 'volume_id', 'volume_type', 'tenant', 'servers', 'glance_image'],
]

/** What the row says at the moment of the export, as the screen would show it. */
function cells(row: ImagesTable, cloud: ImageCloud | null, { readings, now }: Moment): (string | number | null)[] {
  const { verdict, text, heldUntilAt, grade } = rowNow(imageRow(row), row.verdict_text, readings, now)
  return [
    ...[row.pool, row.namespace, row.name, row.global_id, row.pair, row.primary_site, verdict, text, row.mode],
    heldUntilAt === null ? null : new Date(heldUntilAt).toISOString(),
    grade,
    heldUntilAt === null ? null : Math.round(exposureSec(heldUntilAt, now)),
    ...[row.objective_sec, row.size_bytes, row.schedule],
    ...[row.left_role, row.left_state, row.right_role, row.right_state],
    ...cloudCells(cloud),
  ]
}

function cloudCells(cloud: ImageCloud | null): (string | null)[] {
  if (cloud === null || cloud.kind === 'orphan') return [null, null, null, null, null, null]
  const { kind, id, name, typeName, tenant, servers, madeFrom } = cloud
  if (kind === 'glance') return [null, null, null, null, null, name]
  return [name, id, typeName, tenant, servers.map((server) => server.name).join(' '), madeFrom?.name ?? null]
}
