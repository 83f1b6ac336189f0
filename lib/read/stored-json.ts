import type { z } from 'zod'

/** What was stored in another shape than this one is as good as not read. */
export function parsed<T>(schema: z.ZodType<T>, json: string | null): T | null {
  return json === null ? null : (schema.safeParse(JSON.parse(json)).data ?? null)
}
