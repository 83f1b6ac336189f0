import type { Finding, ImageMember, Ledger, PlanOptions } from '@/lib/domain/plan'
import { memberName } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { Look } from '@/lib/engine/step'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort } from '@/lib/ports/mirror'

/** rbd-mirror at the target carries the copies; at the old primary it carries the way back. */
export async function daemonFindings(
  pools: readonly string[],
  from: SiteName,
  to: SiteName,
  mirror: (site: SiteName) => MirrorPort,
): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    ...pools.map((pool) => daemonFinding(pool, to, mirror(to), 'blocks')),
    ...pools.map((pool) => daemonFinding(pool, from, mirror(from), 'warns')),
  ])
  return findings
}

async function daemonFinding(
  pool: string,
  site: SiteName,
  port: MirrorPort,
  severity: 'blocks' | 'warns',
): Promise<Finding> {
  const base = {
    check: 'daemons',
    command: port.shown(['rbd', 'mirror', 'pool', 'status', pool, '--verbose']).join(' '),
    keys: [],
  }
  try {
    const daemons = await port.daemons(pool)
    if (daemons.length > 0) {
      const named = daemons
        .map(({ hostname, version, leader }) => `${hostname} ${version}${leader ? ', leader' : ''}`)
        .join('; ')
      return {
        ...base,
        severity: 'pass',
        title: `rbd-mirror lives at ${site} for ${pool}`,
        evidence: named,
        remedy: '',
      }
    }
    return {
      ...base,
      severity,
      title: `No rbd-mirror daemon lives at ${site} for ${pool}`,
      evidence: 'the service map names none',
      remedy:
        severity === 'blocks'
          ? `Start rbd-mirror at ${site}: without it nothing arrives and nothing can be proven.`
          : `Start it before the way back is needed: ${site} will not follow until then.`,
    }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return {
      ...base,
      severity: 'blocks',
      title: `The daemons at ${site} are not known`,
      evidence: error.message,
      remedy: 'A planned failover needs both sites to answer.',
    }
  }
}

/**
 * Stays in the plan: what passes, and what only waits for a snapshot that is being copied. With a schedule of a minute some
 * image always does; were it set aside, the plan would change between the look and the click.
 */
export const goesAlong = (look: Look): boolean =>
  look.kind === 'done' || (look.kind === 'waiting' && typeof look.memo?.preflightSnap === 'number')

/** Images in the way, one finding a reason, with those that pass in one line. */
export function imageFindings(
  members: readonly ImageMember[],
  looks: readonly Look[],
  from: SiteName,
  to: SiteName,
  passes = `primary at ${from} with a whole, following copy at ${to}`,
  seen = 'both copies of each read just now',
): readonly Finding[] {
  const groups = new Map<string, { severity: 'blocks' | 'unknown' | 'warns'; keys: string[]; first: string }>()
  let passed = 0
  for (const [index, member] of members.entries()) {
    const one = looks[index]
    if (one === undefined || one.kind === 'ready') continue
    if (one.kind === 'done') {
      passed++
      continue
    }
    // Figures differ from image to image; the sentence does not.
    const reason = one.reason.replace(/\d+%?/g, '…')
    const group = groups.get(reason) ?? {
      severity: goesAlong(one) ? 'warns' : one.reason.startsWith('not known') ? 'unknown' : 'blocks',
      keys: [],
      first: `${memberName(member)}: ${one.reason}`,
    }
    group.keys.push(member.key)
    groups.set(reason, group)
  }
  const stopped = [...groups].map(
    ([reason, { severity, keys, first }]): Finding => ({
      severity,
      check: 'images',
      title: `${keys.length} ${keys.length === 1 ? 'image' : 'images'}: ${reason}`,
      evidence: first,
      remedy:
        severity === 'warns'
          ? 'The run waits until it has arrived, before anything is demoted.'
          : 'Set aside, with clones and parents that go with it. Mend it and look again, or go on without.',
      command: '',
      keys,
    }),
  )
  const pass: Finding[] =
    passed === 0
      ? []
      : [
          {
            severity: 'pass',
            check: 'images',
            title: `${passed} ${passed === 1 ? 'image' : 'images'}: ${passes}`,
            evidence: seen,
            remedy: '',
            command: '',
            keys: [],
          },
        ]
  return [...stopped, ...pass]
}

/** Clients that hold an image open: the run waits for them, or evicts them, as chosen. */
export function clientFindings(
  members: readonly ImageMember[],
  lookOf: (key: string) => Look | undefined,
  options: PlanOptions,
  from: SiteName,
): readonly Finding[] {
  const open = members.filter(({ key }) => lookOf(key)?.kind !== 'done')
  if (open.length === 0) {
    return [
      {
        severity: 'pass',
        check: 'clients',
        title: `No client holds an image open at ${from}`,
        evidence: 'watchers and monitor sessions read just now',
        remedy: '',
        command: '',
        keys: [],
      },
    ]
  }
  const [first] = open
  const one = first === undefined ? undefined : lookOf(first.key)
  const evidence = one?.kind === 'waiting' ? one.reason : one?.kind === 'ready' ? one.argv.join(' ') : ''
  return [
    {
      severity: 'warns',
      check: 'clients',
      title: `${open.length} ${open.length === 1 ? 'image is' : 'images are'} held open by clients`,
      evidence: `${first === undefined ? '' : memberName(first)}: ${evidence}`,
      remedy:
        options.clients === 'wait'
          ? 'Stop them; the run waits for it before anything is demoted.'
          : 'The run evicts them by blocklist before anything is demoted; what they did not write through is lost to them.',
      command: '',
      keys: open.map(({ key }) => key),
    },
  ]
}

/** Exposure over the objective only warns: the run waits until everything has arrived. */
export function ledgerFindings(ledger: Ledger, nowMs: number): readonly Finding[] {
  const behind = ledger.rows.filter(
    ({ heldUntilAt, objectiveSec }) => heldUntilAt === null || nowMs - heldUntilAt > objectiveSec * 1000,
  )
  if (behind.length === 0) return []
  const [worst] = behind
  const age = worst?.heldUntilAt == null ? 'not known' : `${Math.round((nowMs - worst.heldUntilAt) / 1000)} s`
  return [
    {
      severity: 'warns',
      check: 'exposure',
      title: `${behind.length} images are behind their objective`,
      evidence: `worst: ${worst?.image.name ?? ''}, ${age}`,
      remedy: 'The run waits for each until it is proven complete; it takes that much longer.',
      command: '',
      keys: behind.map(({ key }) => key),
    },
  ]
}
