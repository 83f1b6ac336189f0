import { type Actor, actorText } from '@/lib/domain/actor'
import type { Store } from '@/lib/store/database'
import { ImagesFilter } from '@/lib/views/images-filter'
import type { ServiceNote, ServiceStatus } from '@/lib/views/status'

/** A named selection with its filter, which stays on this side. */
export interface Selection extends Omit<ServiceStatus, 'flows' | 'recovery'> {
  readonly filter: ImagesFilter
}

/** In the order of naming. One whose filter is no longer understood matches nothing, and never all. */
export async function readSelections(store: Store, now: number): Promise<Selection[]> {
  const rows = await store.selectFrom('status_selections').selectAll().orderBy('position').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    sentence: row.sentence,
    objective: row.objective,
    home: row.home_site,
    filter: filterOf(row.filter),
    note: noteOf(row, now),
  }))
}

function filterOf(json: string): ImagesFilter {
  const { verdict, ...rest } = JSON.parse(json) as Record<string, unknown>
  const text = { ...rest, verdict: Array.isArray(verdict) ? verdict.join(',') : '' }
  return ImagesFilter.safeParse(text).data ?? NOTHING
}

/** No pool is called that: a pool's name has no slash at its end. */
const NOTHING: ImagesFilter = ImagesFilter.parse({ pool: '/' })

interface NoteRow {
  readonly note: string
  readonly note_by: string | null
  readonly note_at: number | null
  readonly note_until: number | null
}

function noteOf({ note, note_by, note_at, note_until }: NoteRow, now: number): ServiceNote | null {
  if (note === '' || note_by === null || note_at === null || note_until === null || note_until <= now) return null
  return { text: note, by: actorText(JSON.parse(note_by) as Actor), at: note_at, until: note_until }
}
