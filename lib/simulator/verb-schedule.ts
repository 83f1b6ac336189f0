import type { Schedule } from './conditions'
import { type Desk, wantsJson } from './desk'
import { standing } from './image-state'
import { intervalMs } from './intervals'
import { type Outcome, refused, said } from './outcome'
import { nextScheduled, schedulesOf } from './schedules'
import { plainStamp } from './stamps'

const live = (desk: Desk): readonly Schedule[] =>
  desk.conditions.state.schedules.filter((s) => s.site === desk.site && s.removedAt === null)

interface Level {
  readonly pool: string | null
  readonly image: string | null
}

const no = (verb: string, text: string): Outcome =>
  refused(22, `rbd: rbd mirror snapshot schedule ${verb} failed: (22) Invalid argument: ${text}\n`)

/** The level that the options name, or what the mgr module says where there is no such thing. */
function level(desk: Desk, verb: string): Level | Outcome {
  const { pool = null, image = null } = desk.args.options
  if (pool !== null) {
    const spec = desk.pool(pool)
    if (spec === null) return no(verb, `Invalid level spec ${pool}/${image ?? ''}: pool ${pool} does not exist`)
    if (image !== null && desk.image(spec, image)?.copies[desk.site] === undefined) {
      return no(verb, `Invalid level spec ${pool}/${image}: image ${image} does not exist`)
    }
  }
  return { pool, image }
}

const items = (schedules: readonly Schedule[]) =>
  schedules.map((s) => ({ interval: s.interval, start_time: s.startTime ?? '' }))

const dashed = (name: string | null | undefined): string => name ?? '-'

export function scheduleList(desk: Desk): Outcome {
  const at = level(desk, 'list')
  if (!('pool' in at)) return at
  const here = live(desk).filter((s) => at.pool === null || s.pool === at.pool)
  if (!desk.args.flags.has('recursive')) {
    const own = here.filter((s) => s.image === at.image && s.pool === at.pool)
    if (own.length === 0) return refused(2, '')
    return said(wantsJson(desk) ? `${JSON.stringify(items(own))}\n` : own.map((s) => `every ${s.interval}\n`).join(''))
  }
  const levels = new Map<string, Schedule[]>()
  for (const one of here) {
    const key = `${one.pool ?? ''}/${one.image ?? ''}`
    levels.set(key, [...(levels.get(key) ?? []), one])
  }
  const rows = [...levels.values()].map((of) => ({
    pool: dashed(of[0]?.pool),
    namespace: '-',
    image: dashed(of[0]?.image),
    items: items(of),
  }))
  if (wantsJson(desk)) return said(`${JSON.stringify(rows)}\n`)
  const lines = rows.map(
    (r) => `${r.pool}  ${r.namespace}  ${r.image}  ${r.items.map((i) => `every ${i.interval}`).join(', ')}\n`,
  )
  return said(lines.length === 0 ? '' : `POOL  NAMESPACE  IMAGE  SCHEDULE\n${lines.join('')}`)
}

export function scheduleStatus(desk: Desk): Outcome {
  const at = level(desk, 'status')
  if (!('pool' in at)) return at
  const rows: { schedule_time: string; image: string }[] = []
  const scheduled = live(desk)
  for (const spec of desk.conditions.spec.pools) {
    const pool = desk.pool(spec.name)
    if (pool !== spec || (at.pool !== null && at.pool !== spec.name)) continue
    if (!scheduled.some((s) => s.pool === null || s.pool === spec.name)) continue
    for (const image of desk.images.names(pool)) {
      if (at.image !== null && at.image !== image) continue
      const copy = desk.image(pool, image)?.copies[desk.site]
      if (copy?.mode !== 'snapshot' || standing(copy) !== 'primary') continue
      const next = nextScheduled(schedulesOf(desk.conditions, desk.site, spec.name, image), desk.now)
      if (next !== null) rows.push({ schedule_time: plainStamp(next), image: `${spec.name}/${image}` })
    }
  }
  return said(
    wantsJson(desk) ? `${JSON.stringify(rows)}\n` : rows.map((r) => `${r.schedule_time}  ${r.image}\n`).join(''),
  )
}

export function scheduleAdd(desk: Desk): Outcome {
  const at = level(desk, 'add')
  if (!('pool' in at)) return at
  const [interval, startTime = null] = desk.rest
  if (interval === undefined) return refused(22, 'rbd: missing required argument: interval\n')
  if (!/^\d+[mhd]?$/.test(interval) || intervalMs(interval) === null) {
    return no('add', `Invalid interval (${interval})`)
  }
  const pool = at.pool === null ? null : desk.pool(at.pool)
  if (pool !== null && at.image !== null && desk.image(pool, at.image)?.copies[desk.site]?.mode !== 'snapshot') {
    return no('add', `Invalid level spec ${at.pool}/${at.image}: image ${at.image} is not in snapshot mirror mode`)
  }
  const same = (s: Schedule) =>
    s.pool === at.pool && s.image === at.image && s.interval === interval && s.startTime === startTime
  if (live(desk).some(same)) return said('')
  const added: Schedule = {
    site: desk.site,
    pool: at.pool,
    image: at.image,
    interval,
    startTime,
    addedAt: desk.now,
    removedAt: null,
  }
  desk.change({ schedules: [...desk.conditions.state.schedules, added] })
  return said('')
}

/** Removes what fits interval and start time together; says nothing where nothing does, as Ceph. */
export function scheduleRemove(desk: Desk): Outcome {
  const at = level(desk, 'remove')
  if (!('pool' in at)) return at
  const [interval, startTime = null] = desk.rest
  const hit = (s: Schedule) =>
    s.site === desk.site &&
    s.removedAt === null &&
    s.pool === at.pool &&
    s.image === at.image &&
    (interval === undefined || (s.interval === interval && s.startTime === startTime))
  const { schedules } = desk.conditions.state
  if (schedules.some(hit))
    desk.change({ schedules: schedules.map((s) => (hit(s) ? { ...s, removedAt: desk.now } : s)) })
  return said('')
}
