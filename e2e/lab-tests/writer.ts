import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { conf, labFile, PYTHON } from './lab'

const run = promisify(execFile)

/** What `writer.py verify` says of one image at one site. `lossSec` null: nothing at all was found. */
const Verified = z.object({
  image: z.string(),
  ackedSeq: z.number().nullable(),
  ackedAt: z.number().nullable(),
  foundAt: z.number().nullable(),
  missing: z.number(),
  identical: z.boolean(),
  lossSec: z.number().nullable(),
  /** When the first of the lost blocks was acknowledged; null where none is lost. */
  lostFromAck: z.number().nullable(),
})
export type Verified = z.output<typeof Verified>

/** Images that lack an acknowledged block, or have another one in its place. */
export const lacking = (found: readonly Verified[]): readonly Verified[] =>
  found.filter(({ missing, identical }) => missing > 0 || !identical)

const Line = z.object({
  image: z.string(),
  seq: z.number(),
  at: z.number(),
  ack: z.number().optional(),
  errno: z.number().nullish(),
})
export type WriterLine = z.output<typeof Line>

export interface Writer {
  readonly log: string
  /** Resolves to its exit code, however it ends. */
  readonly ended: Promise<number>
  /** What it was told, one line an acknowledged block; `errno` where the cluster refused it. */
  lines(): readonly WriterLine[]
  stop(): Promise<number>
  /** For a writer that hangs on a dead cluster. */
  kill(): void
  /** What became of every acknowledged block, read at that site. */
  verify(site: string): Promise<readonly Verified[]>
}

interface WriterOptions {
  readonly site: string
  readonly pool?: string
  readonly images: readonly string[]
  readonly intervalMs?: number
  readonly region?: string
}

/** A client outside the app, writing until somebody stops it. Resolves when every image has one acknowledged block. */
export async function startWriter({ site, pool = 'volumes', images, intervalMs = 50, region = '16M' }: WriterOptions) {
  const log = join(mkdtempSync(join(tmpdir(), 'antipode-writer-')), 'log')
  const common = ['--pool', pool, '--log', log, '--region', region, ...images.flatMap((name) => ['--image', name])]
  const argv = [labFile('writer.py'), 'start', '--conf', conf(site), '--interval-ms', `${intervalMs}`, ...common]
  const child: ChildProcess = spawn(PYTHON, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)))
  const writing = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()))
  await Promise.race([
    writing,
    ended.then((code) => Promise.reject(new Error(`the writer ended before it wrote: exit ${code}`))),
  ])
  const writer: Writer = {
    log,
    ended,
    lines: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .flatMap((line) => {
          const parsed = Line.safeParse(parseOr(line))
          return parsed.success ? [parsed.data] : []
        }),
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    kill: () => void child.kill('SIGKILL'),
    async verify(at) {
      const { stdout } = await run(PYTHON, [labFile('writer.py'), 'verify', '--conf', conf(at), ...common])
      return stdout
        .trim()
        .split('\n')
        .map((line) => Verified.parse(JSON.parse(line)))
    },
  }
  return writer
}

/** A line that is being written is cut short. */
function parseOr(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
