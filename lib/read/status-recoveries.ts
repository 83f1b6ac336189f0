import { type ExpressionBuilder, sql } from 'kysely'
import { TRAITS } from '@/lib/domain/procedure-traits'
import type { RunState, Wish } from '@/lib/domain/run-states'
import type { Store, Tables } from '@/lib/store/database'
import type { ImagesFilter } from '@/lib/views/images-filter'
import type { ServiceRecovery } from '@/lib/views/status'
import type { Moment } from './moment'
import { LIVE_STATES } from './runs'
import { inMask, maskOf } from './status-counts'

const LIVE = ['pending', 'acting', 'waiting', 'in-doubt', 'failed', 'held', 'undone']
const STOPPED = ['failed', 'held', 'undone']
/** The engine's own marks of an image that it has seen promoted: by proof, by force, or by Cinder. */
const PROMOTED = ['%promote":true%', '%did:fail-over-backend":true%'] as const

/** The engine's steps without the words of storage; one that is not known here is just under way. */
const STAGE_OF: Readonly<Record<string, ServiceRecovery['stage']>> = {
  preflight: 'check',
  'stop-clients': 'quiet',
  'final-snapshot': 'carry',
  demote: 'close',
  prove: 'prove',
  promote: 'open',
  verify: 'try',
  'add-schedule': 'way-back',
  'remove-schedule': 'way-back',
  'first-snapshot': 'way-back',
  'see-replication': 'way-back',
  'see-silence': 'check',
  'check-copy': 'check',
  'force-promote': 'open',
  'see-primary': 'try',
  'mark-point': 'check',
  'check-loser': 'check',
  'end-mirroring': 'way-back',
  'keep-loser': 'way-back',
  'see-following': 'way-back',
  'set-schedule': 'way-back',
  'take-snapshot': 'carry',
  'see-arrival': 'carry',
  flatten: 'under-way',
  'see-flat-copy': 'carry',
  'check-resync': 'check',
  resync: 'way-back',
  'check-backend': 'check',
  freeze: 'check',
  'stop-servers': 'quiet',
  'fail-over-backend': 'open',
  'see-volumes': 'try',
  'restore-volumes': 'try',
  'move-attachments': 'try',
  'start-servers': 'try',
  thaw: 'way-back',
  'see-cinder-down': 'check',
  'set-records': 'open',
  'start-cinder-volume': 'open',
}

/** What is set up, taken down or done by a single verb moves no service from one place to another. */
const KIND_OF: ReadonlyMap<string, ServiceRecovery['kind']> = new Map(
  Object.entries(TRAITS).flatMap(([procedure, { service }]) => (service === null ? [] : [[procedure, service]])),
)

/** The live run that has images of each selection, null where none has. The newest, where there are several. */
export async function readRecoveries(
  store: Store,
  filters: readonly ImagesFilter[],
  moment: Moment,
  rtoSec: number,
): Promise<readonly (ServiceRecovery | null)[]> {
  const runs = await store
    .selectFrom('runs')
    .select(['id', 'procedure', 'from_site', 'to_site', 'state', 'wish', 'started_at'])
    .where('state', 'in', LIVE_STATES)
    .where('procedure', 'in', [...KIND_OF.keys()])
    .orderBy('created_at', 'desc')
    .execute()
  if (runs.length === 0 || filters.length === 0) return filters.map(() => null)
  const ids = runs.map(({ id }) => id)
  const [groups, steps] = await Promise.all([countMembers(store, ids, filters, moment), stepsOf(store, ids)])
  return filters.map((_, bit) => {
    for (const run of runs) {
      const mine = groups.filter(({ runId, mask }) => runId === run.id && inMask(mask, bit))
      const disks = sum(mine.map((group) => group.disks))
      const kind = KIND_OF.get(run.procedure)
      if (disks === 0 || kind === undefined) continue
      const names = steps.get(run.id) ?? []
      const at = Math.min(...mine.map(({ stepIdx }) => stepIdx ?? names.length))
      return {
        kind,
        from: run.from_site,
        to: run.to_site,
        state: run.state as RunState,
        wish: run.wish as Wish,
        startedAt: run.started_at,
        stage: STAGE_OF[names[at] ?? ''] ?? 'under-way',
        stepIdx: Math.min(at, Math.max(0, names.length - 1)),
        steps: names.length,
        disks,
        arrived: sum(mine.map(({ arrived }) => arrived)),
        stopped: sum(mine.map(({ stopped }) => stopped)),
        rtoSec,
      }
    }
    return null
  })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, some) => total + some, 0)

/** Members by run and by which selections they belong to. What was set aside is no part of the move any more. */
async function countMembers(store: Store, ids: readonly string[], filters: readonly ImagesFilter[], moment: Moment) {
  return store
    .selectFrom('run_members')
    .innerJoin('images', 'images.id', 'run_members.key')
    .select((e) => [
      'run_members.run_id as runId',
      // A join of two tables reads as the one of them that the filter is about.
      maskOf(filters, moment)(e as unknown as ExpressionBuilder<Tables, 'images'>).as('mask'),
      e.fn.countAll<number>().as('disks'),
      sql<number>`sum(case when memo like ${PROMOTED[0]} or memo like ${PROMOTED[1]} then 1 else 0 end)`.as('arrived'),
      sql<number>`sum(case when run_members.state in (${sql.join(STOPPED)}) then 1 else 0 end)`.as('stopped'),
      sql<number | null>`min(case when run_members.state in (${sql.join(LIVE)}) then step_idx end)`.as('stepIdx'),
    ])
    .where('run_members.run_id', 'in', ids)
    .where('run_members.state', '!=', 'set-aside')
    .groupBy(['runId', 'mask'])
    .execute()
}

async function stepsOf(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store
    .selectFrom('run_steps')
    .select(['run_id', 'name'])
    .where('run_id', 'in', ids)
    .orderBy('run_id')
    .orderBy('idx')
    .execute()
  const names = new Map<string, string[]>()
  for (const { run_id, name } of rows) names.set(run_id, [...(names.get(run_id) ?? []), name])
  return names
}
