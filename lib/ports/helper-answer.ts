import { z } from 'zod'
import { type HelperMethod, type HelperResult, helperMethods } from './helper-protocol'

/** Lists of an answer that may be long: they come in parts, so that no thread reads ten thousand images in one go. */
const LISTS = ['images', 'samples'] as const
export const PART_LENGTH = 500

const Lists = z.partialRecord(z.enum(LISTS), z.array(z.unknown()))
type Lists = z.output<typeof Lists>

export interface AnswerInParts<M extends HelperMethod> {
  /** Takes one part: some of the list, in order. Throws ZodError. */
  part(raw: unknown): void
  /** The last of it and all the rest of the answer. Throws ZodError. */
  end(raw: unknown): HelperResult<M>
}

/** Puts an answer together and judges each piece as it comes. */
export function answerInParts<M extends HelperMethod>(method: M): AnswerInParts<M> {
  const schema: z.ZodObject = helperMethods[method].result
  const taken: Record<string, unknown[]> = {}
  const judged = (lists: Lists) =>
    z.object(Object.fromEntries(Object.keys(lists).map((key) => [key, schema.shape[key] ?? z.never()]))).parse(lists)
  return {
    part(raw) {
      for (const [key, items] of Object.entries(judged(Lists.parse(raw)))) {
        taken[key] ??= []
        taken[key].push(...(items as unknown[]))
      }
    },
    end(raw) {
      const last = schema.parse(raw) as Record<string, unknown>
      for (const [key, items] of Object.entries(taken)) last[key] = [...items, ...(last[key] as unknown[])]
      return last as HelperResult<M>
    },
  }
}

/** What is sent instead of a long answer: parts, and the rest of it. */
export function inParts(result: unknown): { readonly parts: readonly unknown[]; readonly rest: unknown } {
  if (typeof result !== 'object' || result === null) return { parts: [], rest: result }
  const parts: unknown[] = []
  const rest: Record<string, unknown> = { ...result }
  for (const key of LISTS) {
    const list = rest[key]
    if (!Array.isArray(list)) continue
    let at = 0
    for (; list.length - at > PART_LENGTH; at += PART_LENGTH) parts.push({ [key]: list.slice(at, at + PART_LENGTH) })
    rest[key] = list.slice(at)
  }
  return { parts, rest }
}

/** Where an answer makes no sense, for a message: the first place and what is wrong there. */
export function senseless(error: unknown): string {
  if (!(error instanceof z.ZodError)) throw error
  const [first] = error.issues
  return `${first?.path.join('.') || '?'}: ${first?.message ?? ''}`
}
