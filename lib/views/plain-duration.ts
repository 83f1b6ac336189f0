/**
 * A duration for who reads it once: `25 seconds`, `4 minutes`, `2 hours`. Rounded up, so that a loss is never told smaller
 * than it is, and in steps, so that a page that is read does not flicker.
 */
export function plainDuration(seconds: number): string {
  const sec = Math.max(0, seconds)
  if (sec <= 60) return unit(Math.max(5, Math.ceil(sec / 5) * 5), 'second')
  if (sec <= 120) return unit(Math.ceil(sec / 10) * 10, 'second')
  if (sec <= 7_200) return unit(Math.ceil(sec / 60), 'minute')
  if (sec <= 172_800) return unit(Math.ceil(sec / 3_600), 'hour')
  return unit(Math.ceil(sec / 86_400), 'day')
}

/** An objective is what it is: `90 seconds`, `2 minutes`, `1 hour`. */
export function plainObjective(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return unit(seconds / 86_400, 'day')
  if (seconds >= 3_600 && seconds % 3_600 === 0) return unit(seconds / 3_600, 'hour')
  if (seconds >= 60 && seconds % 60 === 0) return unit(seconds / 60, 'minute')
  return unit(seconds, 'second')
}

const unit = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
