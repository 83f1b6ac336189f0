import { z } from 'zod'
import { filterOfText } from './images-filter'

/** The page is read in one glance and printed on one sheet; and each is a bit of a number that the count is grouped by. */
export const MOST_SELECTIONS = 24

const name = z.string().trim().min(1, 'a service needs a name').max(60, 'a name has at most 60 letters')
const sentence = z.string().trim().max(200, 'a sentence has at most 200 letters')
const objective = z.string().trim().max(120, 'an objective has at most 120 letters')
/** '' where nobody can say. */
const home = z.string().trim().max(100)

/** The filter as the image list's URL has it. Text, so that a word that is not understood is refused and never widened. */
const filter = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    try {
      return filterOfText(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'this is no filter of the image list' })
      return z.NEVER
    }
  })

export const NameSelection = z.strictObject({
  requestId: z.uuid(),
  name,
  sentence,
  objective,
  home,
  filter,
})
export type NameSelection = z.output<typeof NameSelection>

export const ChangeSelection = z.strictObject({ id: z.string().min(1), name, sentence, objective, home })
export type ChangeSelection = z.output<typeof ChangeSelection>

export const RemoveSelection = z.strictObject({ id: z.string().min(1) })
export type RemoveSelection = z.output<typeof RemoveSelection>

const DAY_MIN = 24 * 60

export const AnnotateSelection = z.strictObject({
  id: z.string().min(1),
  /** '' takes the note away. */
  note: z.string().trim().max(280, 'a note has at most 280 letters'),
  /** How long it is good for: what was true at three in the morning must not stand there at noon. */
  forMin: z
    .int()
    .min(5)
    .max(7 * DAY_MIN),
})
export type AnnotateSelection = z.output<typeof AnnotateSelection>
