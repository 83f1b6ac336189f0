'use client'

import { useNow } from '@/components/live/clock'
import type { Note } from '@/lib/domain/summary'
import { noteText } from '@/lib/views/note-text'

export function NoteText({ note }: { readonly note: Note }) {
  const now = useNow()
  return <>{noteText(note, now)}</>
}
