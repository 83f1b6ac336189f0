import { type Phase, phaseOf, type Suspension } from '@/lib/domain/suspension'
import { sitesOf } from '@/lib/domain/words'
import { countOf, countText } from './count-text'
import { durationText } from './duration-text'
import { plainTime } from './plain-time'
import { sizeText } from './size-text'
import type { OutageView, RoomForecastView, SuspensionView } from './statements'

export const PHASE_WORDS: Record<Phase, string> = {
  planned: 'planned',
  holding: 'holds',
  ended: 'ended, not all has caught up',
  overdue: 'overdue',
  closed: 'over',
}

export const PHASE_TONES = {
  planned: 'none',
  holding: 'suspended',
  ended: 'behind',
  overdue: 'bad',
  closed: 'none',
} as const satisfies Record<Phase, string>

export const phaseNow = (suspension: SuspensionView, now: number): Phase => phaseOf(suspension, now)

/** `eu-west ⇄ eu-north, all pools` */
export function placeText({ pair, from, pools }: Pick<Suspension, 'pair' | 'from' | 'pools'>): string {
  const [left, right] = sitesOf(pair)
  const sites = from === null ? `${left} ⇄ ${right}` : `${from} → ${from === left ? right : left}`
  return `${sites}, ${pools.length === 0 ? 'all pools' : pools.join(', ')}`
}

/** What has become of it, in a sentence. */
export function suspensionProgressText(suspension: SuspensionView, now: number): string {
  const { progress } = suspension
  const phase = phaseNow(suspension, now)
  if (phase === 'planned') return `It begins at ${plainTime(suspension.startsAt, now)}.`
  if (progress === null) return suspension.closed === null ? 'Not looked at yet.' : 'It was taken back before it began.'
  const { images, behind, caughtUp, aside } = progress
  const apart = aside === 0 ? '' : ` ${countOf(aside, 'image')} had come apart before, and alarm on their own.`
  if (phase === 'holding') {
    const late = behind === 0 ? 'None is behind its objective' : `${countText(behind)} behind their objective`
    return `${countOf(images, 'image')} concerned. ${late}; what would be lost counts on.${apart}`
  }
  return `${countText(caughtUp)} of ${countOf(images, 'image')} proven to have caught up.${apart}`
}

export function outageProgressText({ progress, returnedAt, site }: OutageView): string {
  if (returnedAt === null) return `${site} is silent. What would be lost counts on.`
  if (progress === null) return 'Not looked at yet.'
  const { images, goneOn, nothingNew, moved, gone, aside } = progress
  const parts = [
    `replication is proven to have gone on for ${countText(goneOn)} of ${countOf(images, 'image')}`,
    ...(nothingNew === 0
      ? []
      : [`${nothingNew} hold everything there is, but nothing was written to them since, so nothing was seen to move`]),
    ...(moved === 0 ? [] : [`${moved} ${moved === 1 ? 'is' : 'are'} primary at the other site now`]),
    ...(gone === 0 ? [] : [`${gone} ${gone === 1 ? 'is' : 'are'} not mirrored any more`]),
    ...(aside === 0 ? [] : [`${aside} had come apart before`]),
  ]
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** How long the outage lasted, or has lasted; null where the site was never heard. */
export function outageLength({ lastHeardAt, returnedAt }: OutageView, now: number): string | null {
  return lastHeardAt === null ? null : durationText(((returnedAt ?? now) - lastHeardAt) / 1000)
}

/** How long the room of one pool lasts: an estimate, or not known and why. */
export function roomText(room: RoomForecastView, now: number): string {
  const free = room.availableBytes === null ? '' : `, ${sizeText(room.availableBytes)} free`
  const kept = room.journalBytes === null ? '' : `; its journals keep ${sizeText(room.journalBytes)} at most`
  const where = `${room.pool} at ${room.site}${free}`
  if (room.kind === 'unknown') return `${where}: when it is full is not known, ${room.reason}${kept}`
  if (room.kind === 'steady')
    return `${where}: its room has not shrunk in the last ${durationText(room.overMs / 1000)}${kept}`
  const rate = `${sizeText(room.bytesPerSec * 3600)} an hour`
  const journals =
    room.journalBytesPerSec === null ? '' : `, journals ${sizeText(room.journalBytesPerSec * 3600)} of it at most`
  const left = durationText((room.fullAt - now) / 1000)
  return `${where}: at ${rate}${journals}, as in the last ${durationText(room.overMs / 1000)}, it is full in ${left} (estimate)${kept}`
}
