import { z } from 'zod'
import { dueAt, KEEP_DAYS } from '@/lib/domain/keep-days'
import type { Store } from '@/lib/store/database'
import type { KeptCopies, KeptCopy } from '@/lib/views/kept'

/** More than these are looked at by pool and day, not in one list. */
const LISTED = 500

const Member = z.object({
  kind: z.literal('image'),
  image: z.object({ pool: z.string(), namespace: z.string(), name: z.string() }),
  sizeBytes: z.number().nullable(),
  loser: z.object({ imageId: z.string(), keptAs: z.string() }),
})
const Options = z.object({ options: z.object({ keepDays: z.number().optional() }) })

/**
 * The copies that lost and were put aside, by what the runs say that they did: whether they are still there is another
 * question, to the clusters. Those that are due to be looked at come first.
 */
export async function readKept(store: Store, now: number): Promise<KeptCopies> {
  const done = store
    .selectFrom('attempts')
    .innerJoin('runs', 'runs.id', 'attempts.run_id')
    .innerJoin('run_members', (join) =>
      join.onRef('run_members.run_id', '=', 'attempts.run_id').onRef('run_members.idx', '=', 'attempts.member_idx'),
    )
    .where('runs.procedure', '=', 'reprotect')
    .where('attempts.state', '=', 'done')
    .where('attempts.argv', 'like', '["rbd","rename",%')
  const [{ total }, rows] = await Promise.all([
    done.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    done
      .select(['runs.id', 'runs.title', 'runs.from_site', 'runs.to_site', 'runs.plan'])
      .select(['run_members.idx', 'run_members.member', 'attempts.ended_at', 'attempts.intent_at'])
      .orderBy('attempts.intent_at', 'asc')
      .limit(LISTED)
      .execute(),
  ])
  const days = new Map<string, number>()
  const copies = rows.flatMap((row): KeptCopy[] => {
    const member = Member.safeParse(JSON.parse(row.member))
    if (!member.success) return []
    if (!days.has(row.id)) days.set(row.id, Options.parse(JSON.parse(row.plan)).options.keepDays ?? KEEP_DAYS)
    const keptAt = row.ended_at ?? row.intent_at
    const { image, loser, sizeBytes } = member.data
    return [
      {
        ...{ id: `${row.id}/${row.idx}`, site: row.to_site, from: row.from_site, ...image },
        ...{ keptAs: loser.keptAs, imageId: loser.imageId, sizeBytes, keptAt },
        dueAt: dueAt(keptAt, days.get(row.id) ?? KEEP_DAYS),
        run: { id: row.id, title: row.title },
      },
    ]
  })
  copies.sort((a, b) => a.dueAt - b.dueAt)
  return { now, copies, total }
}
