import type { Plan } from '@/lib/domain/plan'
import { typedSite } from '@/lib/domain/procedure-traits'
import { planHash } from '@/lib/procedures/plan-hash'
import { commandsOf, runbook } from '@/lib/procedures/runbook'
import type { FailoverIntent, FailoverPreview } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { prepareAsked } from './prepare-asked'

/** Commands of one step that the wizard lists; the script has them all. */
const LISTED = 200

/** Everything the wizard shows before the click. Throws ServiceError for a choice that makes no sense. */
export async function previewFailover(intent: FailoverIntent, context: ServiceContext): Promise<FailoverPreview> {
  const { plan, at, refusal, findings, ledger } = await prepareAsked(intent, context)
  const shown = (site: string, argv: readonly string[]) => context.mirror(site).shown(argv)
  return {
    at,
    procedure: intent.procedure,
    typedSite: typedSite(intent),
    from: intent.from,
    to: intent.to,
    planHash: plan === null ? null : planHash(plan),
    refusal,
    images: plan?.members.filter(({ kind }) => kind === 'image').length ?? 0,
    findings: findings.map((finding) => ({ ...finding, keys: [...finding.keys] })),
    ledger: { ...ledger, rows: [...ledger.rows], setAside: [...ledger.setAside] },
    steps: plan === null ? [] : stepsOf(plan, shown),
    script: plan === null ? '' : runbook(plan, `${intent.from} to ${intent.to}`, shown, () => 0),
  }
}

/** Each step with what it would run, for the eye. */
export function stepsOf(
  plan: Plan,
  shown: (site: string, argv: readonly string[]) => readonly string[],
): FailoverPreview['steps'] {
  const commands = commandsOf(plan)
  return plan.steps.map(({ name, title, proof }, index) => {
    const mine = commands.filter(({ step }) => step === index)
    return {
      name,
      title,
      proof,
      members: new Set(mine.map(({ member }) => member.key)).size,
      commands: mine.slice(0, LISTED).map((act) => ({ site: act.site, line: act.line(shown) })),
      commandsTotal: mine.length,
    }
  })
}
