import {
  type AcknowledgedOutage,
  isOverdue,
  type OutageProgress,
  type SuspensionProgress,
  waitingIn,
} from './acknowledged-outage'
import type { Item } from './attention'
import type { Lane } from './if-lost'
import { fullBefore, type RoomForecast } from './room-forecast'
import type { Note } from './summary'
import { holdingFor, overAt, phaseOf, type Suspension } from './suspension'

const PAGE = '/recover/suspensions'
const action = { label: 'Open', href: PAGE }
const images = (count: number): string => (count === 1 ? '1 image' : `${count.toLocaleString('en-US')} images`)

/** `eu-north and eu-west`, or `eu-west to eu-north` where one direction alone is meant. */
export function waysText({ pair, from, pools }: Pick<Suspension, 'pair' | 'from' | 'pools'>): string {
  const [left, right] = pair.split('~')
  const sites = from === null ? `between ${left} and ${right}` : `from ${from} to ${from === left ? right : left}`
  return pools.length === 0 ? sites : `${sites} (${pools.join(', ')})`
}

export const suspendedNote = ({ endsAt, by, reason }: Suspension): Note => ({
  kind: 'suspended',
  until: endsAt,
  by,
  reason,
})

/** Copies that try to reach their primary where a suspension holds: told apart from those that nobody expects to stand. */
export function connectingItems(
  lanes: readonly Lane[],
  suspensions: readonly Suspension[],
  nowMs: number,
): { readonly images: number; readonly items: readonly Item[] } {
  const found = new Map<Suspension, number>()
  for (const { tally } of lanes) {
    const suspension = tally.connecting === 0 ? null : holdingFor(suspensions, tally, nowMs)
    if (suspension !== null) found.set(suspension, (found.get(suspension) ?? 0) + tally.connecting)
  }
  const items = [...found].map(
    ([suspension, count]): Item => ({
      key: `connecting:${suspension.id}`,
      severity: 'suspended',
      title: `${images(count)} not followed`,
      detail: 'rbd-mirror at their copies tries to reach the primaries',
      note: suspendedNote(suspension),
      action: { label: 'Show the images', href: '/images?verdict=stopped' },
    }),
  )
  return { images: [...found.values()].reduce((sum, count) => sum + count, 0), items }
}

/** A suspension itself: while it holds it is told, and once it is over until all has caught up it alarms. */
export function suspensionItems(suspension: Suspension, progress: SuspensionProgress | null, nowMs: number): Item[] {
  const key = `suspension:${suspension.id}`
  const where = waysText(suspension)
  const phase = phaseOf(suspension, nowMs)
  if (phase === 'holding') {
    const behind = progress?.behind ?? 0
    const late = behind === 0 ? 'No image is behind its objective' : `${images(behind)} behind objective`
    const detail = `${late}; what would be lost counts on`
    const title = `Replication ${where} is suspended`
    return [
      {
        key,
        severity: 'suspended',
        title,
        detail,
        since: suspension.startsAt,
        note: suspendedNote(suspension),
        action,
      },
    ]
  }
  if (phase !== 'overdue' && phase !== 'ended') return []
  const rest = progress === null ? 'What has caught up is not known yet' : restText(progress)
  const overdue = phase === 'overdue'
  return [
    {
      key,
      severity: overdue ? 'critical' : 'warning',
      title: overdue ? `Overdue: the suspension ${where} has run out` : `The suspension ${where} was ended`,
      detail: overdue ? `${rest}. Extend it, or find out what keeps the link` : rest,
      since: overAt(suspension),
      action,
    },
  ]
}

function restText({ images: total, caughtUp, rest }: SuspensionProgress): string {
  const [first] = rest
  const named = first === undefined ? '' : `, first ${first.name}: ${first.why}`
  return `${caughtUp.toLocaleString('en-US')} of ${images(total)} proven to have caught up${named}`
}

/** A site that came back: told until replication is proven to have gone on. While it is silent its own item says all. */
export function outageItems(outage: AcknowledgedOutage, progress: OutageProgress | null, nowMs: number): Item[] {
  const { site, id, returnedAt } = outage
  if (returnedAt === null) {
    if (!isOverdue(outage, nowMs)) return []
    const title = `${site} was expected back`
    const detail = 'It does not answer. Ask again when it comes, or fail over'
    return [{ key: `expected:${id}`, severity: 'critical', title, detail, since: outage.expectedAt, action }]
  }
  const waiting = progress === null ? null : waitingIn(progress)
  const [first] = progress?.rest ?? []
  const proven = progress === null ? 0 : progress.goneOn
  const known =
    progress === null
      ? 'Not looked at yet'
      : `Proven to have gone on: ${proven.toLocaleString('en-US')} of ${images(progress.images)}`
  const title =
    waiting === null
      ? `${site} is back: whether replication has gone on is not known yet`
      : `${site} is back: replication is not proven to have gone on for ${images(waiting)}`
  const detail = first === undefined ? known : `${known}. First ${first.name}: ${first.why}`
  return [{ key: `outage:${id}`, severity: 'warning', title, detail, since: returnedAt, action }]
}

/** A pool that would be full before `byAt`: a maintenance of the link silences no such thing. */
export const roomItems = (forecasts: readonly RoomForecast[], byAt: number, nowMs: number): Item[] =>
  forecasts.flatMap((forecast): Item[] => {
    if (forecast.kind !== 'filling' || !fullBefore(forecast, byAt, nowMs)) return []
    const { site, pool, fullAt } = forecast
    const at = new Date(fullAt).toISOString().slice(11, 16)
    return [
      {
        key: `room:${site}/${pool}`,
        severity: 'critical',
        title: `${pool} at ${site} would be full at ${at} UTC (estimate)`,
        detail:
          'What its copies have not taken is kept there; a full pool takes no writes. Let replication go on, or make room',
        action: { label: `Open ${site}`, href: `/sites/${encodeURIComponent(site)}` },
      },
    ]
  })
