import type { Logger } from 'pino'
import { type ImageSpec, type SiteName, sitesOf } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { MirrorPort } from '@/lib/ports/mirror'
import { evidenceWords } from '@/lib/services/evidence-words'
import { lookAtSides } from '@/lib/services/look-at-sides'
import { announce } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'

/** They drift apart for days: a figure of some minutes ago is as good as one of now. */
const PACE_MS = 300_000
const AT_ONCE = 20

interface MeterDeps {
  readonly store: Store
  readonly clock: Clock
  readonly sites: readonly SiteName[]
  mirror(site: SiteName): MirrorPort
}

/** How much each side has written since, of the images that are kept on both sides on purpose, and of no others. */
export function startApartMeter(deps: MeterDeps, log: Logger): { stop(): void } {
  let busy = false
  const turn = async () => {
    if (busy) return
    busy = true
    await measureApart(deps)
      .catch((error: unknown) => log.warn({ error: String(error) }, 'what is kept apart could not be measured'))
      .finally(() => {
        busy = false
      })
  }
  const timer = setInterval(turn, PACE_MS)
  const soon = setTimeout(turn, 15_000)
  return {
    stop() {
      clearInterval(timer)
      clearTimeout(soon)
    },
  }
}

/** One round over all that is marked. What could not be read is written as not known. */
export async function measureApart({ store, clock, sites, mirror }: MeterDeps): Promise<void> {
  const rows = await store
    .selectFrom('kept_apart')
    .innerJoin('images', 'images.id', 'kept_apart.image_id')
    .select(['kept_apart.id', 'kept_apart.pair', 'images.pool', 'images.namespace', 'images.name', 'images.global_id'])
    .where('kept_apart.ended_at', 'is', null)
    .execute()
  for (const pair of new Set(rows.map((row) => row.pair))) {
    const both = sitesOf(pair)
    if (!both.every((site) => sites.includes(site))) continue
    const mine = rows.filter((row) => row.pair === pair)
    for (let at = 0; at < mine.length; at += AT_ONCE) {
      const part = mine.slice(at, at + AT_ONCE)
      const questions = part.map(({ pool, namespace, name, global_id }) => {
        const image: ImageSpec = { pool, namespace, name }
        return { image, globalId: global_id }
      })
      const looked = await lookAtSides(both, questions, { seed: 0, pieces: 0 }, { mirror })
      const now = clock.now()
      for (const [index, { id }] of part.entries()) {
        const seen = looked[index]
        if (seen === undefined) continue
        const words = evidenceWords(seen, now)
        const meter = Object.fromEntries(words.sides.map(({ site, amount }) => [site, amount]))
        const change = { meter: JSON.stringify(meter), measured_at: now }
        await store.updateTable('kept_apart').set(change).where('id', '=', id).where('ended_at', 'is', null).execute()
      }
    }
  }
  if (rows.length > 0) await store.transaction().execute((tx) => announce(tx, ['apart'], clock.now()))
}
