import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { dataDir, storeFile } from '@/lib/config/runtime'
import { openStore, type Store } from '@/lib/store/database'
import { ReadRefusal } from './read-errors'

const KEY = Symbol.for('antipode.store')
const shared = globalThis as { [KEY]?: Store }

/**
 * The store as web has it open: one handle for all of Next's bundles, which each have their own copy of this module.
 * Opened at the first request, since module top levels run during the build. The starter brings the schema up to date
 * before it starts web, so a file that is not there is said and never made.
 */
export function webStore(): Store {
  const open = shared[KEY]
  if (open !== undefined) return open
  const file = storeFile(dataDir())
  if (!existsSync(/* turbopackIgnore: true */ file)) {
    throw new ReadRefusal(503, `the store ${file} is not there yet`, 'start the console with `npm start`: it makes it')
  }
  const store = openStore(file)
  // Lists of 100,000 images are read through the page cache of the system: half the time of reading page by page.
  void sql`PRAGMA mmap_size = 1073741824`.execute(store)
  shared[KEY] = store
  return store
}
