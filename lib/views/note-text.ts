import type { Note } from '@/lib/domain/summary'
import { plainTime } from './plain-time'

/** What somebody has said of a trouble, in one line: until when and why it is silent, or that it is waited for. */
export function noteText(note: Note, now: number): string {
  if (note.kind === 'suspended') return `suspended until ${plainTime(note.until, now)} by ${note.by}: ${note.reason}`
  const { at, by, reason, expectedAt } = note
  const back = expectedAt === null ? '' : `; expected back at ${plainTime(expectedAt, now)}`
  return `outage acknowledged by ${by} at ${plainTime(at, now)}: not failed over, because ${reason}${back}`
}
