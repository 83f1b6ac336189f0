import type { PoolView } from './site'

export interface ScheduleLine {
  readonly key: string
  /** `the whole cluster`, `volumes`, `volumes, 12 images`. */
  readonly place: string
  readonly interval: string
  readonly startTime: string | null
}

type Schedule = NonNullable<PoolView['schedules']>[number]

/** Schedules as they are set: for the cluster, for a pool, and those of single images summed by pool and interval. */
export function scheduleLines(pools: readonly PoolView[]): ScheduleLine[] {
  const all = new Map<string, Schedule>()
  for (const schedule of pools.flatMap(({ schedules }) => schedules ?? [])) all.set(JSON.stringify(schedule), schedule)
  const lines = new Map<string, ScheduleLine & { images: number }>()
  for (const { pool, namespace, image, interval, startTime } of all.values()) {
    const where = [pool, namespace].filter((part) => part !== null && part !== '').join('/')
    const key = `${where} ${image === null ? 'whole' : 'images'} ${interval} ${startTime ?? ''}`
    const images = (lines.get(key)?.images ?? 0) + (image === null ? 0 : 1)
    const whole = where === '' ? 'the whole cluster' : where
    const place = image === null ? whole : `${whole}, ${images} image${images === 1 ? '' : 's'}`
    lines.set(key, { key, place, interval, startTime, images })
  }
  return [...lines.values()].map(({ images: _, ...line }) => line).sort((a, b) => (a.key < b.key ? -1 : 1))
}
