import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'

const Line = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('start'),
    id: z.string(),
    site: z.string(),
    argv: z.array(z.string()),
    at: z.number(),
  }),
  z.object({ event: z.literal('end'), id: z.string(), exit: z.number(), at: z.number() }),
])

/** A change as e2e/lab/record.py saw it, outside the app: `endedAt` null while it runs (or where its end was not seen). */
export interface Act {
  readonly id: string
  readonly site: string
  /** demote, promote, snapshot, schedule add, schedule remove, blocklist add. */
  readonly verb: string
  /** `pool/name`, or the pool of a schedule. */
  readonly target: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly exit: number | null
}

const IMAGE = /\bmirror image (demote|promote|snapshot|resync|enable|disable) (\S+)$/
const OTHER = /\b(?:mirror snapshot (schedule (?:add|remove)) (.*)|osd (blocklist add) (\S+) \d+)$/

/** The changes in the recorder's log, in the order in which they began; commands that only look are left out. */
export function actLog(log: string): { read(): readonly Act[] } {
  const acts = new Map<string, Act>()
  let at = 0
  let rest = ''
  const take = (text: string) => {
    const line = Line.parse(JSON.parse(text))
    const act = line.event === 'start' ? begun(line) : acts.get(line.id)
    if (act === null || act === undefined) return
    acts.set(line.id, line.event === 'start' ? act : { ...act, endedAt: line.at, exit: line.exit })
  }
  return {
    // On from where it was: the log is looked at every few milliseconds.
    read() {
      if (existsSync(log)) {
        const lines = (rest + readFrom(log, at)).split('\n')
        at = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, -1) + at - Buffer.byteLength(rest)
        rest = lines.pop() ?? ''
        for (const line of lines) take(line)
      }
      return [...acts.values()]
    },
  }
}

/** What stands in a file from that byte on. */
export function readFrom(file: string, at: number): string {
  const fd = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(fd).size - at))
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, at))
  } finally {
    closeSync(fd)
  }
}

function begun({ id, site, argv, at }: Extract<z.output<typeof Line>, { event: 'start' }>): Act | null {
  const text = argv.join(' ')
  const image = IMAGE.exec(text)
  const other = OTHER.exec(text)
  const [verb, target] = image ? [image[1], image[2]] : [other?.[1] ?? other?.[3], other?.[2] ?? other?.[4]]
  if (verb === undefined || target === undefined) return null
  return { id, site, verb, target, startedAt: at, endedAt: null, exit: null }
}

export const openAt = (acts: readonly Act[], at: number): readonly Act[] =>
  acts.filter(({ startedAt, endedAt }) => startedAt <= at && (endedAt === null || endedAt > at))

/** Ceph's "busy", and of a promotion "read-only" too: nothing was done, and the engine may say it again. */
const saidAgain = ({ verb, exit }: Act): boolean => exit === 16 || (verb === 'promote' && exit === 30)

/** What was told more than once in one run, also where it refused the second time. */
function repeated(acts: readonly Act[]): readonly string[] {
  const times = new Map<string, number>()
  for (const act of acts.filter((one) => !saidAgain(one))) {
    // A role is given up once and taken once, wherever; a snapshot or a schedule is a matter of one site.
    const at = act.verb === 'demote' || act.verb === 'promote' ? '' : ` at ${act.site}`
    const told = `${act.verb} of ${act.target}${at} was told`
    times.set(told, (times.get(told) ?? 0) + 1)
  }
  return [...times].flatMap(([told, count]) => (count > 1 ? [`${told} ${count} times`] : []))
}

/**
 * What is wrong with the acts of one run of `images` from one site to the other, in words; empty where each image was
 * demoted once and promoted once, the one after the other, nothing was told twice, snapshots, schedules and blocklists
 * included, and no two changes of an image ran at a time.
 */
export function wrongs(acts: readonly Act[], images: readonly string[], from: string, to: string): readonly string[] {
  return [...repeated(acts), ...images.flatMap((image) => wrongsOf(acts, image, from, to))]
}

function wrongsOf(acts: readonly Act[], image: string, from: string, to: string): readonly string[] {
  const mine = acts.filter(({ target }) => target === image)
  const went = (verb: string) => mine.filter((act) => act.verb === verb && act.exit === 0)
  const [demote] = went('demote')
  const [promote] = went('promote')
  const found: string[] = []
  if (demote === undefined || demote.site !== from) found.push(`${image} was not demoted at ${from}`)
  if (promote === undefined || promote.site !== to) found.push(`${image} was not promoted at ${to}`)
  if ((demote?.endedAt ?? 0) > (promote?.startedAt ?? 0)) found.push(`${image} was promoted before its demotion ended`)
  for (const one of mine.filter(({ endedAt }) => endedAt === null)) found.push(`${one.verb} of ${image} has no end`)
  for (const [index, one] of mine.entries()) {
    const next = mine[index + 1]
    if (next !== undefined && (one.endedAt ?? Number.POSITIVE_INFINITY) > next.startedAt)
      found.push(`${one.verb} and ${next.verb} of ${image} overlap`)
  }
  return found
}
