import type { SiteName } from '@/lib/domain/words'
import type { MirrorPort } from '@/lib/ports/mirror'

const TIMED = ['act', 'lineages', 'watchers', 'statuses', 'daemons', 'schedules'] as const
type Timed = (typeof TIMED)[number]

export interface Spent {
  readonly calls: number
  readonly meanMs: number
}

/** The same ports, with a count of what they were asked and how long it took: where a move's time goes. */
export function timedPorts(mirror: (site: SiteName) => MirrorPort) {
  const spent = new Map<Timed, number[]>()
  const timed = (site: SiteName): MirrorPort =>
    new Proxy(mirror(site), {
      get(port, name) {
        const value: unknown = Reflect.get(port, name)
        const watched = TIMED.find((one) => one === name)
        if (watched === undefined || typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          const began = performance.now()
          try {
            return await Reflect.apply(value, port, args)
          } finally {
            spent.set(watched, [...(spent.get(watched) ?? []), performance.now() - began])
          }
        }
      },
    })
  return {
    mirror: timed,
    /** What was spent since the last time it was asked. */
    take(): Readonly<Record<string, Spent>> {
      const taken = [...spent].map(([name, all]) => {
        const meanMs = Math.round(all.reduce((sum, one) => sum + one, 0) / all.length)
        return [name, { calls: all.length, meanMs }] as const
      })
      spent.clear()
      return Object.fromEntries(taken)
    },
  }
}
