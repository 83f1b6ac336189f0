const minute = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' })

/** `11:42 UTC` on the day of `now`, `20 Nov, 11:42 UTC` on another: seconds are for logs. */
export const plainTime = (at: number, now: number): string =>
  day.format(at) === day.format(now) ? `${minute.format(at)} UTC` : `${day.format(at)}, ${minute.format(at)} UTC`

const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** `Sat, 21 Nov 2026` */
export const plainDayText = (at: number): string => longDay.format(at)
