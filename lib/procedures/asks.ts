import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import type { Finding, Procedure } from '@/lib/domain/plan'
import { waysText } from '@/lib/domain/statement-items'
import { phaseOf, type Suspension } from '@/lib/domain/suspension'
import { pairOf, type SiteName } from '@/lib/domain/words'
import type { Prepared } from './prepare-parts'

/** What moves a role, makes a copy anew or deletes one: in a maintenance of the link, or while a site is waited for, it asks first. */
const ASKING: readonly Procedure[] = [
  ...(['planned-failover', 'forced-failover', 'reprotect', 'resync'] as const),
  ...(['promote', 'demote', 'disable'] as const),
]

interface Stated {
  readonly suspensions: readonly Suspension[]
  readonly outages: readonly AcknowledgedOutage[]
}

/**
 * What was prepared, with what operators have stated of these sites as findings that have to be agreed to. What is asked is
 * part of the plan, so that an approval is for it too: a suspension stated meanwhile makes it another plan. `timeText`
 * says a moment in words.
 */
export function withAsks(
  prepared: Prepared,
  of: { readonly procedure: Procedure; readonly from: SiteName; readonly to: SiteName },
  stated: Stated,
  timeText: (at: number) => string,
): Prepared {
  if (!ASKING.includes(of.procedure)) return prepared
  const pools = new Set(prepared.ledger.rows.map(({ image }) => image.pool))
  const asks = [
    ...stated.suspensions
      .filter((one) => isInTheWay(one, of, pools, prepared.at))
      .map((one) => suspensionAsk(one, prepared.at, timeText)),
    ...stated.outages
      .filter(({ site }) => site === of.from || site === of.to)
      .map((one) => outageAsk(one, of.procedure, timeText)),
  ]
  if (asks.length === 0) return prepared
  const plan = prepared.plan === null ? null : { ...prepared.plan, asks: asks.flatMap(({ consent }) => consent ?? []) }
  return { ...prepared, plan, findings: [...asks, ...prepared.findings] }
}

/** Either direction: what is failed over replicates the other way afterwards. */
function isInTheWay(
  one: Suspension,
  { from, to }: { readonly from: SiteName; readonly to: SiteName },
  pools: ReadonlySet<string>,
  nowMs: number,
): boolean {
  const phase = phaseOf(one, nowMs)
  const concerns = one.pools.length === 0 || one.pools.some((pool) => pools.has(pool))
  return one.pair === pairOf(from, to) && concerns && (phase === 'holding' || phase === 'overdue')
}

const base = { severity: 'warns', check: 'statement', command: '', keys: [] } as const

function suspensionAsk(one: Suspension, nowMs: number, timeText: (at: number) => string): Finding {
  const overdue = phaseOf(one, nowMs) === 'overdue'
  return {
    ...base,
    title: overdue
      ? `The suspension of replication ${waysText(one)} is overdue`
      : `Replication ${waysText(one)} is suspended until ${timeText(one.endsAt)}`,
    evidence: `stated by ${one.by}: ${one.reason}`,
    remedy: 'Copies may be far behind, and nothing may be copied the other way either. Agree to it before the start.',
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
      procedure === 'forced-failover'
        ? 'A failover now goes against that decision: what the copies do not hold is lost. Agree to it before the start.'
        : 'Wait until the proof is there, or agree to it before the start.',
    consent: `outage:${one.id}`,
  }
}
