/**
 * A duration as an operator says it: `42 s`, `3 min 20 s`, `1 h 09 min`, `2 d 4 h`. Never negative: two clocks that
 * differ by a second must not show `-1 s`. Intl.DurationFormat is not there on Node 20 and 22.
 */
export function durationText(seconds: number): string {
  const sec = Math.max(0, Math.floor(seconds))
  if (sec < 60) return `${sec} s`
  if (sec < 600) return withRest(Math.floor(sec / 60), 'min', sec % 60, 's')
  if (sec < 3600) return `${Math.floor(sec / 60)} min`
  if (sec < 86_400) return withRest(Math.floor(sec / 3600), 'h', Math.floor((sec % 3600) / 60), 'min')
  return withRest(Math.floor(sec / 86_400), 'd', Math.floor((sec % 86_400) / 3600), 'h')
}

/** One unit, for places without room: `42 s`, `3 min`, `1.2 h`, `4 d`. */
export function durationShort(seconds: number): string {
  const sec = Math.max(0, Math.floor(seconds))
  if (sec < 120) return `${sec} s`
  if (sec < 7200) return `${Math.floor(sec / 60)} min`
  if (sec < 172_800) return `${Math.floor(sec / 3600)} h`
  return `${Math.floor(sec / 86_400)} d`
}

const withRest = (whole: number, unit: string, rest: number, restUnit: string) =>
  rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${String(rest).padStart(2, '0')} ${restUnit}`
