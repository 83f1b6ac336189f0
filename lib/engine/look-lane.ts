import type { MemberRecord } from '@/lib/ports/run-journal'
import type { Look } from './step'

interface Asked {
  readonly record: MemberRecord
  resolve(look: Look | undefined): void
  reject(error: unknown): void
}

/**
 * Looks at one member each, taken together: those that are asked for while a look is under way go in the next one. So acts
 * side by side cost a call a site for all of them, and still none is answered by a look that began before it asked.
 */
export function lookLane(observe: (records: readonly MemberRecord[]) => Promise<readonly Look[]>) {
  let waiting: Asked[] = []
  let underWay = false

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const looks = await observe(batch.map(({ record }) => record))
        for (const [index, { resolve }] of batch.entries()) resolve(looks[index])
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    underWay = false
  }

  return (record: MemberRecord): Promise<Look | undefined> =>
    new Promise((resolve, reject) => {
      waiting.push({ record, resolve, reject })
      if (underWay) return
      underWay = true
      void work()
    })
}
