import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import type { Finding, Plan, PlanMember, Procedure } from '@/lib/domain/plan'
import { TRAITS } from '@/lib/domain/procedure-traits'
import { waysText } from '@/lib/domain/statement-items'
import { type Phase, phaseOf, type Suspension } from '@/lib/domain/suspension'
import { pairOf, type SiteName } from '@/lib/domain/words'

/** A maintenance that begins so soon meets the run on its way. */
const SOON_MS = 3600_000

/** What is open of what operators have stated. */
export interface Stated {
  readonly suspensions: readonly Suspension[]
  readonly outages: readonly AcknowledgedOutage[]
}

/** What is asked of: the procedure between two sites, in these pools. */
export interface AskedOf {
  readonly procedure: Procedure
  readonly from: SiteName
  readonly to: SiteName
  readonly pools: ReadonlySet<string>
}

/** What operators have stated of these sites and pools, as findings that have to be agreed to. `timeText` says a moment in words. */
export function statedAsks(
  of: AskedOf,
  stated: Stated,
  nowMs: number,
  timeText: (at: number) => string,
): readonly Finding[] {
  if (!TRAITS[of.procedure].asks) return []
  return [
    ...stated.suspensions.flatMap((one) => {
      const phase = phaseOf(one, nowMs)
      return phase !== 'closed' && concerns(one, of) && (phase !== 'planned' || one.startsAt - nowMs <= SOON_MS)
        ? [suspensionAsk(one, phase, timeText)]
        : []
    }),
    ...stated.outages
      .filter(({ site }) => site === of.from || site === of.to)
      .map((one) => outageAsk(one, of.procedure, timeText)),
  ]
}

/**
 * What was prepared, with what is asked of it. That is part of the plan, so that an approval is for it too: a suspension
 * stated meanwhile makes it another plan.
 */
export function withAsks<P extends { readonly plan: Plan | null; readonly findings: readonly Finding[] }>(
  prepared: P,
  asks: readonly Finding[],
): P {
  if (asks.length === 0) return prepared
  const plan = prepared.plan === null ? null : { ...prepared.plan, asks: asks.flatMap(({ consent }) => consent ?? []) }
  return { ...prepared, plan, findings: [...asks, ...prepared.findings] }
}

/** What is asked before a run goes on: what it has not been agreed to, at its start (`plan.asks`) or since (`agreed`). */
export function asksSince(
  plan: Plan,
  agreed: readonly string[],
  stated: Stated,
  nowMs: number,
  timeText: (at: number) => string,
): readonly Finding[] {
  const { procedure, from, to } = plan
  const pools = new Set(plan.members.flatMap(poolsOf))
  const known = new Set([...(plan.asks ?? []), ...agreed])
  const asks = statedAsks({ procedure, from, to, pools }, stated, nowMs, timeText)
  return asks.filter(({ consent }) => consent !== undefined && !known.has(consent))
}

function poolsOf(member: PlanMember): readonly string[] {
  if (member.kind === 'sites') return member.pools
  if (member.kind === 'image' || member.kind === 'volume') return [member.image.pool]
  return 'pool' in member ? [member.pool] : []
}

/** Either direction: what is failed over replicates the other way afterwards. */
const concerns = (one: Suspension, { from, to, pools }: AskedOf): boolean =>
  one.pair === pairOf(from, to) && (one.pools.length === 0 || one.pools.some((pool) => pools.has(pool)))

type Open = Exclude<Phase, 'closed'>

const base = { severity: 'warns', check: 'statement', command: '', keys: [] } as const

const FAR = 'Copies may be far behind, and nothing may be copied the other way either.'

function suspensionAsk(one: Suspension, phase: Open, timeText: (at: number) => string): Finding {
  const ways = waysText(one)
  const said: Readonly<Record<Open, readonly [title: string, remedy: string]>> = {
    planned: [
      `A suspension of replication ${ways} begins soon, at ${timeText(one.startsAt)}`,
      'What is begun now may not be copied any more once it holds, in either direction.',
    ],
    holding: [`Replication ${ways} is suspended until ${timeText(one.endsAt)}`, FAR],
    overdue: [`The suspension of replication ${ways} is overdue`, FAR],
    ended: [
      `The suspension of replication ${ways} has ended, and not all images are proven to have caught up`,
      'Copies may still be behind. Wait until each is proven.',
    ],
  }
  const [title, remedy] = said[phase]
  return {
    ...{ ...base, title },
    evidence: `stated by ${one.by}: ${one.reason}`,
    remedy: `${remedy} Agree to it before the start.`,
    consent: `suspension:${one.id}`,
  }
}

function outageAsk(one: AcknowledgedOutage, procedure: Procedure, timeText: (at: number) => string): Finding {
  const { site, by, reason, acknowledgedAt, returnedAt, expectedAt } = one
  const back = expectedAt === null ? '' : `; expected back at ${timeText(expectedAt)}`
  return {
    ...base,
    title:
      returnedAt === null
        ? `${site} is waited for: its outage was acknowledged, and not to fail over was chosen`
        : `${site} is back from an outage, and replication is not proven to have gone on`,
    evidence: `acknowledged by ${by} at ${timeText(acknowledgedAt)}: ${reason}${back}`,
    remedy:
      TRAITS[procedure].promotes === 'as-is'
        ? 'A failover now goes against that decision: what the copies do not hold is lost. Agree to it before the start.'
        : 'Wait until the proof is there, or agree to it before the start.',
    consent: `outage:${one.id}`,
  }
}
