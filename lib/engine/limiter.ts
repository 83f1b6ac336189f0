/** So many changes side by side at one cluster, over all runs. */
export interface Limiter {
  within<T>(site: string, work: () => Promise<T>): Promise<T>
}

export function limiter(perSite: number): Limiter {
  const busy = new Map<string, number>()
  const queues = new Map<string, (() => void)[]>()
  return {
    async within(site, work) {
      if ((busy.get(site) ?? 0) >= perSite) {
        await new Promise<void>((resolve) => queues.set(site, [...(queues.get(site) ?? []), resolve]))
      } else {
        busy.set(site, (busy.get(site) ?? 0) + 1)
      }
      try {
        return await work()
      } finally {
        const [next, ...rest] = queues.get(site) ?? []
        queues.set(site, rest)
        // The place is handed on, not given back and fought for: first come, first served.
        if (next === undefined) busy.set(site, (busy.get(site) ?? 1) - 1)
        else next()
      }
    },
  }
}
