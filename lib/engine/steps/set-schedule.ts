import { intervalSec } from '@/lib/domain/objective'
import type { Plan, ScheduleMember } from '@/lib/domain/plan'
import type { ImageSpec, SiteName } from '@/lib/domain/words'
import { mirrorArgv, type SnapshotSchedule } from '@/lib/ports/mirror'
import type { Memo } from '@/lib/ports/run-journal'
import { done, type Look, ready, type Step, type StepContext, stepFor, waiting } from '../step'

/** Where this schedule is, or is to be. */
const siteOf = (member: ScheduleMember, plan: Plan): SiteName => member.site ?? plan.from

const isOne = (schedule: SnapshotSchedule, member: ScheduleMember): boolean =>
  schedule.pool === member.pool && schedule.image === member.image && schedule.interval === member.interval

/** The schedule stands where the primaries are. One of another interval stays beside it: Ceph takes several. */
export const setSchedule: Step = stepFor('schedule', {
  name: 'set-schedule',
  async observe(subjects, { plan, mirror }) {
    const sites = [...new Set(subjects.map(({ member }) => siteOf(member, plan)))]
    const listed = new Map(
      await Promise.all(sites.map(async (site) => [site, await mirror(site).schedules()] as const)),
    )
    return subjects.map(({ member }): Look => {
      const site = siteOf(member, plan)
      return listed.get(site)?.some((one) => isOne(one, member))
        ? done(`every ${member.interval} at ${site}`)
        : ready(site, mirrorArgv.scheduleAdd(member.pool, member.image, member.interval, member.startTime))
    })
  },
  preview: (member, plan) => [
    {
      site: siteOf(member, plan),
      argv: mirrorArgv.scheduleAdd(member.pool, member.image, member.interval, member.startTime),
    },
  ],
})

/** A longer schedule is not waited for: a run is not kept open for a day to see it fire. */
const WAITED_FOR_SEC = 3600
/** The mgr takes up a new schedule within a minute, and lists its images anew that often. */
const TAKEN_UP_SEC = 60
/** So many images of a pool are looked at: all of them have one schedule. */
const SAMPLE = 50

/** A schedule that is listed may still never fire: its mgr module is dead, or its client blocklisted. Only snapshots show it. */
export const seeScheduleFire: Step = stepFor('schedule', {
  name: 'see-schedule-fire',
  applies: ({ interval }) => (intervalSec(interval) ?? Number.POSITIVE_INFINITY) <= WAITED_FOR_SEC,
  observe: (subjects, context) => Promise.all(subjects.map(({ member, memo }) => seeOne(member, memo, context))),
})

async function seeOne(member: ScheduleMember, memo: Memo, context: StepContext): Promise<Look> {
  const { plan, mirror, clock } = context
  const site = siteOf(member, plan)
  const images = await livingBy(member, site, context)
  if (images.length === 0) return done('no image lives by it yet: there is nothing to see')
  const marks = await mirror(site).snapshotMarks(images)
  const newest = marks.map((read) =>
    read.kind === 'known'
      ? Math.max(0, ...read.value.marks.filter(({ primary }) => primary).map(({ takenAt }) => takenAt))
      : null,
  )
  const { fireAfter, fireSince } = memo
  if (typeof fireAfter !== 'number' || typeof fireSince !== 'number') {
    const known = newest.filter((at) => at !== null)
    if (known.length < newest.length) return waiting(`the mirror snapshots at ${site} could not all be read`)
    return waiting(fires(member), { ...memo, fireAfter: Math.max(...known), fireSince: clock.now() })
  }
  const fired = newest.filter((at) => at !== null && at > fireAfter)
  if (fired.length === images.length) {
    const [first] = fired
    return done(
      `${images.length} of ${images.length} images looked at have a snapshot of ${timeText(first ?? 0)}, made after it was set`,
    )
  }
  const dueAt = fireSince + ((intervalSec(member.interval) ?? 0) + 2 * TAKEN_UP_SEC) * 1000
  return waiting(
    clock.now() <= dueAt
      ? fires(member)
      : `${images.length - fired.length} of ${images.length} images have no new mirror snapshot, and it was due by ${timeText(dueAt)}: look at rbd_support in \`ceph mgr module ls\` and at the mgr's log at ${site}`,
  )
}

const fires = ({ interval }: ScheduleMember): string =>
  `it is set to fire every ${interval}: a mirror snapshot that it makes is waited for`

const timeText = (at: number): string => new Date(at).toISOString().slice(11, 19)

/** Images whose snapshots this schedule makes. */
async function livingBy(
  member: ScheduleMember,
  site: SiteName,
  { mirror }: StepContext,
): Promise<readonly ImageSpec[]> {
  const { rows } = await mirror(site).statuses(member.pool)
  return rows
    .filter(({ role, mode, name }) => role === 'primary' && mode === 'snapshot' && (member.image ?? name) === name)
    .slice(0, SAMPLE)
    .map(({ name }) => ({ pool: member.pool, namespace: '', name }))
}

/** Before the images: the schedule of an image that is no longer mirrored can no longer be named (ceph-facts 11). */
export const removeSchedules: Step = stepFor('schedule', {
  name: 'remove-schedules',
  async observe(subjects, { plan, mirror }) {
    const sites = [...new Set(subjects.map(({ member }) => siteOf(member, plan)))]
    const listed = new Map(
      await Promise.all(sites.map(async (site) => [site, await mirror(site).schedules()] as const)),
    )
    return subjects.map(({ member }): Look => {
      const site = siteOf(member, plan)
      const there = listed.get(site)?.find((one) => isOne(one, member) && one.startTime === member.startTime)
      return there === undefined
        ? done(`no longer at ${site}`)
        : ready(site, mirrorArgv.scheduleRemove(member.pool, member.image, member.interval, member.startTime))
    })
  },
  preview: (member, plan) => [
    {
      site: siteOf(member, plan),
      argv: mirrorArgv.scheduleRemove(member.pool, member.image, member.interval, member.startTime),
    },
  ],
})
