import { z } from 'zod'
import { ROLES } from '@/lib/domain/actor'

const rest = z.object({
  key: z.string(),
  name: z.string(),
  heldUntilAt: z.number().nullable(),
  why: z.string(),
  helps: z.string(),
})

const place = {
  site: z.string(),
  pool: z.string(),
  availableBytes: z.number().nullable(),
  journalBytes: z.number().nullable(),
}

export const RoomForecastView = z.discriminatedUnion('kind', [
  z.object({ ...place, kind: z.literal('unknown'), reason: z.string() }),
  z.object({ ...place, kind: z.literal('steady'), overMs: z.number() }),
  z.object({
    ...place,
    kind: z.literal('filling'),
    bytesPerSec: z.number(),
    journalBytesPerSec: z.number().nullable(),
    fullAt: z.number(),
    overMs: z.number(),
  }),
])
export type RoomForecastView = z.output<typeof RoomForecastView>

const ended = z.object({ at: z.number(), by: z.string(), reason: z.string() })

/** A suspension as it stands or stood. Times are epoch milliseconds. */
export const SuspensionView = z.object({
  id: z.string(),
  pair: z.string(),
  from: z.string().nullable(),
  pools: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
  createdAt: z.number(),
  startsAt: z.number(),
  endsAt: z.number(),
  endedAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  ended: ended.nullable(),
  closed: ended.nullable(),
  extensions: z.array(
    z.object({ at: z.number(), by: z.string(), from: z.number(), to: z.number(), reason: z.string() }),
  ),
  progress: z
    .object({
      at: z.number(),
      images: z.number(),
      behind: z.number(),
      caughtUp: z.number(),
      aside: z.number(),
      rest: z.array(rest),
      room: z.array(RoomForecastView),
    })
    .nullable(),
})
export type SuspensionView = z.output<typeof SuspensionView>

export const OutageView = z.object({
  id: z.string(),
  site: z.string(),
  reason: z.string(),
  by: z.string(),
  acknowledgedAt: z.number(),
  lastHeardAt: z.number().nullable(),
  expectedAt: z.number().nullable(),
  returnedAt: z.number().nullable(),
  closed: ended.nullable(),
  progress: z
    .object({
      at: z.number(),
      images: z.number(),
      goneOn: z.number(),
      nothingNew: z.number(),
      moved: z.number(),
      gone: z.number(),
      aside: z.number(),
      rest: z.array(rest),
      room: z.array(RoomForecastView),
    })
    .nullable(),
})
export type OutageView = z.output<typeof OutageView>

export const StatementsView = z.object({
  now: z.number(),
  role: z.enum(ROLES),
  sites: z.array(z.object({ name: z.string(), silent: z.boolean(), lastHeardAt: z.number().nullable() })),
  /** Pairs with the pools that are mirrored between them. */
  pairs: z.array(z.object({ pair: z.string(), pools: z.array(z.string()) })),
  /** Open ones first, then history, newest first. */
  suspensions: z.array(SuspensionView),
  outages: z.array(OutageView),
})
export type StatementsView = z.output<typeof StatementsView>
