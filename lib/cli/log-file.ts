import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from 'node:fs'

const FULL_BYTES = 20 * 1024 * 1024

/** Opened for appending, by a child too: what it writes survives this process. */
export const openLog = (file: string): number => openSync(file, 'a', 0o640)

/** Keeps one earlier file. Copied and emptied, since the child holds the file itself open. */
export function turnLog(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < FULL_BYTES) return
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
}

/** The last lines of a log, for the eye. */
export function lastLines(file: string, count: number): readonly string[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const tail = Buffer.alloc(Math.min(size, 8_192))
  const log = openSync(file, 'r')
  try {
    readSync(log, tail, 0, tail.length, size - tail.length)
  } finally {
    closeSync(log)
  }
  return tail.toString('utf8').trimEnd().split('\n').slice(-count)
}
