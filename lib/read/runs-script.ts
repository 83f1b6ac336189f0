import { isEnded, type MemberState, type RunState } from '@/lib/domain/run-states'
import { runbook } from '@/lib/procedures/runbook'
import type { Store } from '@/lib/store/database'
import { ReadRefusal } from './read-errors'
import type { Shown } from './runs-commands'
import { frozenRun } from './runs-frozen'

/**
 * A run as a shell script for going on by hand from where it stands. Members that were set aside are no part of it, and
 * what may still be running is named on top: who goes on by hand must not do a thing twice.
 */
export async function readScript(store: Store, runId: string, shown: Shown, now: number): Promise<string> {
  const { plan, members: frozen } = await frozenRun(store, runId)
  const [run, members, open] = await Promise.all([
    store
      .selectFrom('runs')
      .select(['title', 'state', 'reason', 'lease_until'])
      .where('id', '=', runId)
      .executeTakeFirst(),
    store
      .selectFrom('run_members')
      .select(['idx', 'key', 'state', 'reason', 'step_idx'])
      .where('run_id', '=', runId)
      .execute(),
    store
      .selectFrom('attempts')
      .select(['member_idx', 'site', 'argv'])
      .where('run_id', '=', runId)
      .where('state', 'in', ['started', 'in-doubt'])
      .execute(),
  ])
  if (run === undefined) throw new ReadRefusal(404, `there is no run ${runId}`)
  const byKey = new Map(members.map((row) => [row.key, row]))
  const stays = members.filter(({ state }) => state === 'set-aside')
  const out = new Set(stays.map(({ key }) => key))
  const text = runbook(
    { ...plan, members: plan.members.filter(({ key }) => !out.has(key)) },
    `${run.title}, run ${runId}`,
    shown,
    (key) => placeIn(byKey.get(key)),
  )
  const notes = [
    `As it stood at ${new Date(now).toISOString()}: ${run.state}${run.reason === '' ? '' : `, ${run.reason}`}.`,
    ...(isEnded(run.state as RunState)
      ? []
      : ['Antipode may still work on this run: pause or stop it there before you go on by hand.']),
    ...open.map(
      ({ member_idx, site, argv }) =>
        `IN DOUBT, look before you run it again: ${frozen[member_idx]?.name ?? ''} at ${site}: ${(JSON.parse(argv) as string[]).join(' ')}`,
    ),
    ...stays.map(({ idx, reason }) => `Set aside, not in this script: ${frozen[idx]?.name ?? ''}: ${reason}`),
  ]
  const [shebang = '#!/bin/sh', ...rest] = text.split('\n')
  // A reason may hold what a command printed: without its line breaks it stays a comment.
  return [shebang, ...notes.map((note) => `# ${note.replace(/[\r\n\u2028\u2029]+/g, ' ')}`), ...rest].join('\n')
}

/** What was promoted back at the old primary has nothing behind it: all of it would have to be done again. */
const placeIn = (row: { readonly state: string; readonly step_idx: number } | undefined): number =>
  row === undefined || (row.state as MemberState) === 'undone' ? 0 : row.step_idx
