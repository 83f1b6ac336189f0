import type { ScheduleMember } from '@/lib/domain/plan'
import { mirrorArgv, type SnapshotSchedule } from '@/lib/ports/mirror'
import { done, type Look, ready, type Step, stepFor } from '../step'

/** Ceph leaves the schedule at the old primary, where it fires for nobody: the new primary's copy would silently age. */
export const addSchedule: Step = stepFor('schedule', {
  name: 'add-schedule',
  async observe(subjects, { plan, mirror }) {
    const schedules = await mirror(plan.to).schedules()
    return subjects.map(({ member }): Look => {
      const there = schedules.find((schedule) => covers(schedule, member))
      if (there !== undefined) return done(`every ${there.interval} at ${plan.to}`)
      return ready(plan.to, mirrorArgv.scheduleAdd(member.pool, member.image, member.interval, member.startTime))
    })
  },
  preview: (member, plan) => [
    { site: plan.to, argv: mirrorArgv.scheduleAdd(member.pool, member.image, member.interval, member.startTime) },
  ],
})

/** The old one goes, once no primary is left that lives by it. */
export const removeSchedule: Step = stepFor('schedule', {
  name: 'remove-schedule',
  applies: (member) => member.removeOld,
  async observe(subjects, { plan, mirror }) {
    const schedules = await mirror(plan.from).schedules()
    const pools = [...new Set(subjects.filter(({ member }) => member.image === null).map(({ member }) => member.pool))]
    const left = new Map(await Promise.all(pools.map(async (pool) => [pool, await primariesLeft(pool)] as const)))
    async function primariesLeft(pool: string): Promise<number> {
      const { rows } = await mirror(plan.from).statuses(pool)
      return rows.filter((row) => row.role === 'primary' && row.mode === 'snapshot').length
    }
    return subjects.map(({ member }): Look => {
      if (!schedules.some((schedule) => isSame(schedule, member))) return done(`no longer at ${plan.from}`)
      const stay = left.get(member.pool) ?? 0
      if (member.image === null && stay > 0) return done(`left at ${plan.from}: ${stay} primaries there live by it`)
      return ready(plan.from, mirrorArgv.scheduleRemove(member.pool, member.image, member.interval, member.startTime))
    })
  },
  preview: (member, plan) => [
    { site: plan.from, argv: mirrorArgv.scheduleRemove(member.pool, member.image, member.interval, member.startTime) },
  ],
})

const isSame = (schedule: SnapshotSchedule, member: ScheduleMember): boolean =>
  schedule.pool === member.pool && schedule.image === member.image && schedule.interval === member.interval

/** A schedule of the same level, whatever its interval: the target's own wish stays. The pool's own of one interval does too. */
const covers = (schedule: SnapshotSchedule, member: ScheduleMember): boolean =>
  schedule.pool === member.pool &&
  (schedule.image === member.image || (schedule.image === null && schedule.interval === member.interval))
