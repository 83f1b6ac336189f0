import { z } from 'zod'
import type { PoolMirroring, PoolPeer, SnapshotSchedule } from '@/lib/ports/mirror'

const Peer = z
  .object({
    uuid: z.string(),
    direction: z.enum(['rx-only', 'tx-only', 'rx-tx']).catch('rx-tx'),
    site_name: z.string().default(''),
    mirror_uuid: z.string().default(''),
    client_name: z.string().default(''),
  })
  .transform(
    (peer): PoolPeer => ({
      uuid: peer.uuid,
      direction: peer.direction,
      siteName: peer.site_name,
      mirrorUuid: peer.mirror_uuid,
      clientName: peer.client_name,
    }),
  )

/** `rbd mirror pool info POOL --format json`; of a pool without mirroring it is `{"mode":"disabled"}`. */
export const PoolInfo = z.object({
  mode: z.enum(['disabled', 'image', 'pool']),
  site_name: z.string().default(''),
  peers: z.array(Peer).default([]),
})

export const toPoolMirroring = (pool: string, info: z.output<typeof PoolInfo>): PoolMirroring => ({
  pool,
  mode: info.mode,
  siteName: info.site_name,
  peers: info.peers,
})

const Level = z.object({
  pool: z.string(),
  namespace: z.string(),
  image: z.string(),
  items: z.array(z.object({ interval: z.string(), start_time: z.string().nullish() })),
})

const named = (word: string): string | null => (word === '-' || word === '' ? null : word)

/** `rbd mirror snapshot schedule ls -R --format json`: every level where one is set; `-` is "all below". */
export const Schedules = z.array(Level).transform((levels) =>
  levels.flatMap((level) =>
    level.items.map(
      (item): SnapshotSchedule => ({
        pool: named(level.pool),
        namespace: named(level.namespace),
        image: named(level.image),
        interval: item.interval,
        startTime: item.start_time ? item.start_time : null,
      }),
    ),
  ),
)
