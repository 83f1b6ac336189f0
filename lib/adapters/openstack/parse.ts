import { z } from 'zod'
import type { CloudAnswer } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { type Asked, senselessAnswer } from './service-error'

/** An answer's JSON through `read`. Throws AdapterError `unreadable` with the place where it makes no sense. */
export function jsonOf<T>(asked: Asked, answer: CloudAnswer, read: (raw: unknown) => T): T {
  let raw: unknown
  try {
    raw = JSON.parse(answer.body)
  } catch {
    throw senselessAnswer(asked, answer, 'it is no JSON')
  }
  return sensible(asked, answer, [], () => read(raw))
}

/** What a part of an answer says. `place`: where in the answer that part stands. */
export function sensible<T>(asked: Asked, answer: CloudAnswer, place: readonly PropertyKey[], read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof AdapterError) throw error
    const [issue] = error instanceof z.ZodError ? error.issues : []
    const at = [...place, ...(issue?.path ?? [])].join('.') || 'its top'
    throw senselessAnswer(asked, answer, `${at}: ${issue?.message ?? (error as Error).message}`)
  }
}

/** Of OpenStack's times, which are UTC whether they say so or not, in epoch milliseconds. */
export const Time = z.string().transform((text, context) => {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  if (!Number.isNaN(at)) return at
  context.addIssue({ code: 'custom', message: 'is no time' })
  return z.NEVER
})

/** What may be null, '' or missing, which then is null. */
export const Word = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text))
