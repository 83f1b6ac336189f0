/** What the operator calls by a name on the status page: "Payments" is the images of a filter. */
export interface StatusSelectionsTable {
  id: string
  name: string
  /** What it is, in a sentence for those who use it; may be ''. */
  sentence: string
  /** JSON of an ImagesFilter (views/images-filter). It never leaves the console: it names pools and images. */
  filter: string
  /** What was promised, in the operator's words; may be ''. */
  objective: string
  /** The site that it usually runs from; null where nobody said. */
  home_site: string | null
  position: number
  /** JSON of an Actor. */
  created_by: string
  created_at: number
  changed_at: number
  /** What a human has to say of it now; '' where nothing. */
  note: string
  /** JSON of an Actor; null, as the two times, where there is no note. */
  note_by: string | null
  note_at: number | null
  /** From then on the note is not shown any more. */
  note_until: number | null
}

export interface StatusTables {
  status_selections: StatusSelectionsTable
}
