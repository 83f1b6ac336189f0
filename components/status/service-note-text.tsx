import { plainTime } from '@/lib/views/plain-time'
import type { ServiceNote } from '@/lib/views/status'

/** What a human added, with who and when: nobody may take it for a measurement. */
export function ServiceNoteText({ note, now }: { readonly note: ServiceNote; readonly now: number }) {
  return (
    <figure className="mt-3 border-l-2 border-line-strong pl-4 print:mt-[1mm] print:pl-2">
      <blockquote className="text-lg whitespace-pre-line print:text-[8pt] print:leading-[1.25]">{note.text}</blockquote>
      <figcaption className="text-faint print:text-[7pt] print:leading-[1.3]">
        Note by {note.by}, {plainTime(note.at, now)}, good until {plainTime(note.until, now)}
      </figcaption>
    </figure>
  )
}
