/** Times are UTC everywhere: a site, its neighbour and the console's browser need not share a zone, logs do. */
const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const minute = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })

/** `02:14:07` */
export const clockText = (at: number): string => time.format(at)

/** `02:14`, for axes. */
export const minuteText = (at: number): string => minute.format(at)

/** `02:14:07 UTC` on the day of `now`, `20 Nov 02:14:07 UTC` on another, with the year where that differs. */
export function momentText(at: number, now: number): string {
  if (day.format(at) === day.format(now) && Math.abs(now - at) < 86_400_000) return `${time.format(at)} UTC`
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
  return `${(sameYear ? day : year).format(at)} ${time.format(at)} UTC`
}

/** `21 Nov 2026, 02:14:07 UTC`, for a title. */
export const fullMomentText = (at: number): string => `${year.format(at)}, ${time.format(at)} UTC`

const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })

/** `Sat 21 Nov` */
export const wallDayText = (at: number): string => weekday.format(at).replace(',', '')

/** `01:52` on the day of `now`, `20 Nov 01:52` on another: for a line that has no room for more. */
export const shortMomentText = (at: number, now: number): string =>
  day.format(at) === day.format(now) ? minute.format(at) : `${day.format(at)} ${minute.format(at)}`
