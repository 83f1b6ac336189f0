import { z } from 'zod'

/** What the event stream says: which topics are new, and how far the browser is then. Never any data. */
export const ServerEvent = z.object({
  kind: z.enum(['changes', 'reset']),
  topics: z.array(z.string()),
  seq: z.number(),
})
export type ServerEvent = z.output<typeof ServerEvent>
