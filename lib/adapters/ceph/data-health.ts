import { z } from 'zod'
import type { DataCheck, DataHealth } from '@/lib/domain/data-health'
import type { Channel } from '@/lib/ports/channel'
import { ask } from './ask'
import { Pools } from './ceph-output'

const Check = z.object({
  severity: z.string(),
  summary: z.object({ message: z.string(), count: z.number().optional() }),
  detail: z.array(z.object({ message: z.string() })).default([]),
})

/** `ceph health detail --format json`. */
const Detail = z.object({ checks: z.record(z.string(), Check).default({}) })

/** Of `ceph status --format json`; a cluster without a pool has no states. */
const Groups = z.object({
  pgmap: z.object({
    pgs_by_state: z.array(z.object({ state_name: z.string(), count: z.number() })).default([]),
  }),
})

const GROUP = /^pg (\d+\.[0-9a-f]+) /

/**
 * Ceph names each placement group once, stops after `mon_health_max_detail` of them without saying so, and counts one anew
 * for each state that it is in. So all are named only where there are as many lines as it counts. Source:
 * PGMap::get_health_checks.
 */
function groupsOf({ summary, detail }: z.output<typeof Check>): readonly string[] | null {
  const named = detail.flatMap(({ message }) => GROUP.exec(message)?.[1] ?? [])
  return named.length > 0 && named.length === detail.length && named.length === summary.count ? named : null
}

/** What a cluster says of its data, in three commands that the monitors answer. Throws AdapterError. */
export async function dataHealth(channel: Channel): Promise<DataHealth> {
  const json = ['--format', 'json']
  const [{ checks }, { pgmap }, pools] = await Promise.all([
    ask(channel, Detail, ['ceph', 'health', 'detail', ...json]),
    ask(channel, Groups, ['ceph', 'status', ...json]),
    ask(channel, Pools, ['ceph', 'osd', 'pool', 'ls', 'detail', ...json]),
  ])
  return {
    checks: Object.entries(checks).map(
      ([code, check]): DataCheck => ({
        ...{ code, severity: check.severity, summary: check.summary.message, groups: groupsOf(check) },
      }),
    ),
    groupStates: pgmap.pgs_by_state.map(({ state_name, count }) => ({ state: state_name, count })),
    otherPools: pools.flatMap(({ id, applications }) =>
      applications.length > 0 && !applications.includes('rbd') ? [id] : [],
    ),
  }
}
