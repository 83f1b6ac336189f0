import { type CloudKind, isFreshRead } from '@/lib/domain/cloud-age'
import type { CloudView } from './cloud'
import { durationShort } from './duration-text'

/** When a kind of thing was last read of a cloud; null: never. */
export const readAtOf = ({ readings }: Pick<CloudView, 'readings'>, kind: CloudKind): number | null =>
  readings.find((reading) => reading.kind === kind)?.observedAt ?? null

/** The oldest of these kinds that is too old to be relied on, or never was read; null while all are fresh. */
export function staleKind(cloud: Pick<CloudView, 'readings'>, kinds: readonly CloudKind[], now: number) {
  const old = kinds.flatMap((kind) => {
    const reading = cloud.readings.find((one) => one.kind === kind)
    const read = { kind, observedAt: reading?.observedAt ?? null, tookMs: reading?.tookMs ?? null }
    return isFreshRead(read, now) ? [] : [{ ...read, error: reading?.error ?? '' }]
  })
  return old.sort((a, b) => (a.observedAt ?? 0) - (b.observedAt ?? 0))[0] ?? null
}

/** How a cloud's answers read: `4 s`, `no answer for 48 s`, `not read yet`. */
export function cloudPulse(cloud: CloudView, now: number): { tone: 'ok' | 'behind' | 'unknown'; text: string } {
  const readAt = readAtOf(cloud, 'services')
  if (cloud.state === 'silent') {
    const since = cloud.silentSince ?? cloud.lastOkAt
    return {
      tone: 'unknown',
      text: since === null ? 'no answer' : `no answer for ${durationShort((now - since) / 1000)}`,
    }
  }
  if (readAt === null) return { tone: 'unknown', text: 'not read yet' }
  const text = `${durationShort((now - readAt) / 1000)} ago`
  if (staleKind(cloud, ['services'], now) !== null) return { tone: 'unknown', text: `not read since ${text}` }
  return { tone: cloud.state === 'failing' ? 'behind' : 'ok', text }
}
