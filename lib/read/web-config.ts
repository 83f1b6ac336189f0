import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import type { Config } from '@/lib/config/config'
import { dataFile } from './data-folder'
import { ReadRefusal } from './read-errors'

/**
 * What the starter resolved and wrote: durations are seconds already, so the schema of antipode.yaml does not fit.
 * Checked here is what the screens need; the rest is the starter's own and is passed on.
 */
const Resolved = z.looseObject({
  name: z.string(),
  objectives: z.object({ rpo: z.number(), rto: z.number() }),
  pools: z.record(z.string(), z.object({ rpo: z.number() })),
  sites: z.array(z.looseObject({ name: z.string() })).min(1),
})

const KEY = Symbol.for('antipode.config')
const shared = globalThis as { [KEY]?: { readonly readAt: number; readonly config: Config } }

/** The resolved configuration, read again when the starter writes another. */
export function webConfig(): Config {
  const file = dataFile('config.json')
  const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (changedAt === undefined) {
    throw new ReadRefusal(503, `the configuration ${file} is not there yet`, 'start the console with `npm start`')
  }
  const cached = shared[KEY]
  if (cached?.readAt === changedAt) return cached.config
  const config = Resolved.parse(JSON.parse(readFileSync(file, 'utf8'))) as unknown as Config
  shared[KEY] = { readAt: changedAt, config }
  return config
}
