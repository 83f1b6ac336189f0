import type { z } from 'zod'
import type { Channel, ReadOptions } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import { failure } from './failure'

/**
 * Runs a reading command and gives its JSON, checked. Throws AdapterError: what the command said, or `unreadable` with
 * the place where the answer is not what it should be.
 */
export async function ask<S extends z.ZodType>(
  channel: Channel,
  schema: S,
  argv: readonly string[],
  options?: ReadOptions,
): Promise<z.output<S>> {
  const result = await channel.command(argv, options)
  if (result.exit !== 0 || result.overdue) throw failure(channel.site, argv, result)
  return parsed(channel.site, argv.join(' '), schema, result.stdout)
}

/** A command's stdout as JSON of the given shape. Throws AdapterError `unreadable`. */
export function parsed<S extends z.ZodType>(site: string, asked: string, schema: S, stdout: string): z.output<S> {
  let json: unknown
  try {
    json = JSON.parse(stdout)
  } catch {
    throw new AdapterError('unreadable', site, asked, `${site}: the answer to ${asked} is no JSON`)
  }
  const found = schema.safeParse(json)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  const where = issue === undefined ? '' : ` at ${issue.path.join('.') || 'its top'}: ${issue.message}`
  throw new AdapterError('unreadable', site, asked, `${site}: the answer to ${asked} makes no sense${where}`)
}
