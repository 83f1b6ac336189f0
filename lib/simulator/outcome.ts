import type { ImageState } from './image-state'

/** What a command answers, and the image as it leaves it (null: unchanged). */
export interface Outcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  readonly changed: ImageState | null
}

export const said = (stdout: string): Outcome => ({ exit: 0, stdout, stderr: '', changed: null })

export const refused = (exit: number, stderr: string): Outcome => ({ exit, stdout: '', stderr, changed: null })

/** librbd's own lines carry a stamp, a thread and a subsystem; readers match on what follows. */
export const librbd = (t: number, subsystem: string, text: string): string =>
  `${new Date(t).toISOString().replace('Z', '+0000')} 7f5e3bc57380 -1 librbd::${subsystem}: ${text}\n`

export const ERRNO: Readonly<Record<number, string>> = {
  1: 'Operation not permitted',
  2: 'No such file or directory',
  16: 'Device or resource busy',
  17: 'File exists',
  22: 'Invalid argument',
  30: 'Read-only file system',
  95: 'Operation not supported',
  110: 'Connection timed out',
}

export const errno = (n: number): string => `(${n}) ${ERRNO[n] ?? 'Unknown error'}`

export const noSuchImage = (name: string): Outcome => refused(2, `rbd: error opening image ${name}: ${errno(2)}\n`)

export const notEnabled = (): Outcome => refused(22, 'rbd: mirroring not enabled on the image\n')
