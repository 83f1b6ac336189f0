import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { CommandResult } from '@/lib/ports/channel'
import type { Change } from './cloud/rows'
import type { WorldState } from './conditions'
import type { ImageState } from './image-state'

/** What became of a change: kept, so that whoever started it can ask later. */
export interface Finished {
  readonly attemptId: string
  readonly result: CommandResult
}

export type Entry =
  | { readonly k: 'made'; readonly world: string; readonly seed: number }
  | { readonly k: 'world'; readonly v: WorldState }
  | { readonly k: 'image'; readonly key: string; readonly v: ImageState }
  /** What changed together: in one line, so that a kill leaves all of it or nothing. */
  | { readonly k: 'images'; readonly v: readonly { readonly key: string; readonly v: ImageState }[] }
  | { readonly k: 'finished'; readonly v: Finished }
  /** Rows of a site's cloud that changed together. */
  | { readonly k: 'cloud'; readonly site: string; readonly v: readonly Change[] }

/** One command as a cluster was told it. `endedAt` is null while it runs. */
export interface Recorded {
  readonly at: number
  readonly site: string
  readonly argv: readonly string[]
  readonly attemptId: string | null
  readonly exit: number | null
  readonly startedAt: number
  readonly endedAt: number | null
}

/** Where a world writes what must outlive it. Every entry is with the kernel before `append` returns. */
export interface StateLog {
  load(): Entry[]
  append(entry: Entry): void
  record(command: Recorded): void
  /** Replaces everything by these entries where the log has grown far beyond them. */
  compact(entries: () => Entry[]): void
  close(): void
}

const COMPACT_BYTES = 64 * 1024 * 1024
const RECORD_BYTES = 32 * 1024 * 1024

/** A world that is gone when its process is. */
export const forgetful: StateLog = {
  load: () => [],
  append: () => undefined,
  record: () => undefined,
  compact: () => undefined,
  close: () => undefined,
}

/** A log in a folder: `world.jsonl` holds the state, `commands.jsonl` what the clusters were told. */
export function fileLog(folder: string): StateLog {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'world.jsonl')
  const commands = join(folder, 'commands.jsonl')
  const fresh = (): number => openSync(path, 'a')
  let file = fresh()
  let size = statSync(path).size
  let recordSize = existsSync(commands) ? statSync(commands).size : 0

  return {
    load() {
      const entries: Entry[] = []
      for (const line of readFileSync(path, 'utf8').split('\n')) {
        if (line === '') continue
        try {
          entries.push(JSON.parse(line) as Entry)
        } catch {
          // Killed in the middle of a line: that change was never acknowledged.
        }
      }
      // What follows a torn line must not be glued to it.
      if (size > 0) size += writeSync(file, '\n')
      return entries
    },
    append(entry) {
      size += writeSync(file, `${JSON.stringify(entry)}\n`)
    },
    record(command) {
      if (recordSize > RECORD_BYTES) {
        renameSync(commands, `${commands}.1`)
        recordSize = 0
      }
      const line = `${JSON.stringify(command)}\n`
      appendFileSync(commands, line)
      recordSize += line.length
    },
    compact(entries) {
      if (size < COMPACT_BYTES) return
      const next = `${path}.next`
      writeFileSync(
        next,
        entries()
          .map((entry) => `${JSON.stringify(entry)}\n`)
          .join(''),
      )
      closeSync(file)
      renameSync(next, path)
      file = fresh()
      size = statSync(path).size
    },
    close() {
      closeSync(file)
    },
  }
}
