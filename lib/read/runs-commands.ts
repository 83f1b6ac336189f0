import type { Plan } from '@/lib/domain/plan'
import type { AttemptState } from '@/lib/domain/run-states'
import type { SiteName } from '@/lib/domain/words'
import { steps } from '@/lib/engine/registry'
import { commandLine } from '@/lib/procedures/runbook'
import { shellWord } from '@/lib/procedures/shell-word'
import type { Store } from '@/lib/store/database'
import type { AttemptView, RunDetail } from '@/lib/views/runs'
import type { FrozenRun } from './runs-frozen'
import { type LightMember, placeOf } from './runs-standing'

const SHOWN = 200
const PLANNED = 50

/** A command with exec prefix and configuration, as somebody could type it at the site. */
export type Shown = (site: SiteName, argv: readonly string[]) => readonly string[]

const lineOf = (shown: Shown, site: SiteName, argv: readonly string[]): string =>
  shown(site, argv).map(shellWord).join(' ')

const wordsOf = (shown: Shown, site: SiteName, argv: readonly string[]) => ({
  bare: argv.map(shellWord).join(' '),
  line: lineOf(shown, site, argv),
})

/** What ran in one step: what is open first, since nobody knows its end yet, then the newest. */
export async function readAttempts(
  store: Store,
  runId: string,
  step: number,
  frozen: FrozenRun,
  shown: Shown,
): Promise<Pick<RunDetail, 'attempts' | 'attemptsTotal'>> {
  const mine = store.selectFrom('attempts').where('run_id', '=', runId).where('step_idx', '=', step)
  const [rows, total] = await Promise.all([
    mine
      .select(['id', 'member_idx', 'number', 'state', 'argv', 'site', 'undo', 'intent_at', 'ended_at'])
      .select(['exit', 'stderr', 'proof'])
      .orderBy((e) => e.case().when('state', 'in', ['started', 'in-doubt']).then(0).else(1).end())
      .orderBy('intent_at', 'desc')
      .limit(SHOWN)
      .execute(),
    mine.select((e) => e.fn.countAll<number>().as('attempts')).executeTakeFirstOrThrow(),
  ])
  return {
    attemptsTotal: total.attempts,
    attempts: rows.map(
      (row): AttemptView => ({
        id: row.id,
        stepIdx: step,
        memberIdx: row.member_idx,
        memberName: frozen.members[row.member_idx]?.name ?? '',
        number: row.number,
        state: row.state as AttemptState,
        undo: row.undo === 1,
        site: row.site,
        ...wordsOf(shown, row.site, JSON.parse(row.argv) as string[]),
        intentAt: row.intent_at,
        endedAt: row.ended_at,
        exit: row.exit,
        stderr: row.stderr.slice(0, 2_000),
        proof: row.proof,
      }),
    ),
  }
}

/** What the step would still run, for members that are not through it and not out of the run. */
export function plannedOf(
  plan: Plan,
  step: number,
  mine: readonly LightMember[],
  frozen: FrozenRun,
  shown: Shown,
): Pick<RunDetail, 'planned' | 'plannedTotal' | 'looksOnly'> {
  const name = plan.steps[step]?.name
  if (name === undefined) return { planned: [], plannedTotal: 0, looksOnly: true }
  const open = mine.filter(
    (member) =>
      placeOf(member, step) !== 'past' && ['pending', 'waiting', 'failed', 'held', 'undone'].includes(member.state),
  )
  const commandsOf = ({ idx }: LightMember) => {
    const member = frozen.members[idx]?.member
    const one = member && steps[name].find((candidate) => candidate.applies(member, plan))
    return member === undefined || one === undefined
      ? []
      : one.preview(member, plan).map((command) => ({ ...command, rank: one.rank?.(member) ?? 0 }))
  }
  const inOrder = open.flatMap(commandsOf).sort((a, b) => a.rank - b.rank)
  return {
    looksOnly: mine.every((member) => commandsOf(member).length === 0),
    plannedTotal: inOrder.length,
    planned: inOrder.slice(0, PLANNED).map((act) => ({ site: act.site, line: commandLine(act, shown) })),
  }
}
