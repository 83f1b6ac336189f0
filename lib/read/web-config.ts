import { statSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir, type Runtime, readRuntime } from '@/lib/config/runtime'
import { ReadRefusal } from './read-errors'

const KEY = Symbol.for('antipode.config')
const shared = globalThis as { [KEY]?: { readonly changedAt: number; readonly config: Runtime } }

/** What the starter resolved: names, objectives, sites. Read again when it writes another. */
export function webConfig(): Runtime {
  const file = join(/* turbopackIgnore: true */ dataDir(), 'config.json')
  const changedAt = statSync(/* turbopackIgnore: true */ file, { throwIfNoEntry: false })?.mtimeMs
  if (changedAt === undefined) {
    throw new ReadRefusal(503, `the configuration ${file} is not there yet`, 'start the console with `npm start`')
  }
  const cached = shared[KEY]
  if (cached?.changedAt === changedAt) return cached.config
  const config = readRuntime(dataDir())
  shared[KEY] = { changedAt, config }
  return config
}
