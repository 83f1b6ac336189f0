import type { CopyState, ServiceFlow, ServiceStatus } from './status'

/** The figures of a service as they stand at one moment: what is too old to be relied on counts as unknown. */
export interface ServiceNow {
  readonly disks: number
  readonly states: Readonly<Record<CopyState, number>>
  /** Where disks take their writes, most first; of those alone whose site was read lately. */
  readonly places: readonly { readonly site: string; readonly disks: number }[]
  /** Sites that copies go to, most disks first. */
  readonly copies: readonly string[]
  /** Sites without which nothing can be said, and since when; null where they were never read. */
  readonly silent: readonly { readonly site: string; readonly since: number | null }[]
  /** Of what both sides of are seen, the flow of which the copy holds least: what is told is a loss. */
  readonly worst: HeldFlow | null
  /** The same of what is silent where it is served from: its copy is seen, and the loss counts on. */
  readonly worstUnseen: HeldFlow | null
  /** Copies that nobody can see now, by what they are copies of. */
  readonly unseenCopies: readonly { readonly from: string; readonly to: string }[]
  /** Copies that no longer follow: those that wait for the end of planned work, and the rest with its beginning. */
  readonly halted: { readonly planned: number; readonly unplanned: number; readonly since: number | null }
  readonly late: number
  readonly lateSince: number | null
  /** The oldest of the readings that all this rests on; null where one is missing. */
  readonly readAt: number | null
}

export type HeldFlow = ServiceFlow & { readonly heldUntilAt: number }

const NONE: Record<CopyState, number> = {
  'in-step': 0,
  halted: 0,
  unmeasured: 0,
  'first-copy': 0,
  incomplete: 0,
  none: 0,
  apart: 0,
  closed: 0,
  unknown: 0,
}

type Read = ServiceFlow['reads'][number]
const isFresh = (read: Read, now: number): boolean => read.freshUntilAt !== null && now <= read.freshUntilAt

export function serviceNow({ flows }: Pick<ServiceStatus, 'flows'>, now: number): ServiceNow {
  const states = { ...NONE }
  const places = new Map<string, number>()
  const copies = new Map<string, number>()
  const silent = new Map<string, number | null>()
  let late = 0
  const halted = { planned: 0, unplanned: 0, since: null as number | null }
  const lateFrom: number[] = []
  for (const flow of flows) {
    const stale = flow.reads.filter((read) => !isFresh(read, now))
    for (const { site, readAt } of stale) silent.set(site, earlier(silent.get(site), readAt))
    if (flow.to !== null) copies.set(flow.to, (copies.get(flow.to) ?? 0) + flow.disks)
    if (flow.from !== null && !stale.some(({ site }) => site === flow.from)) {
      places.set(flow.from, (places.get(flow.from) ?? 0) + flow.disks)
    }
    if (stale.length > 0) {
      // What nothing follows is known by its own site alone.
      const alone = stale.some(({ site }) => site === flow.from) ? 0 : (flow.alone ?? 0)
      states.none += alone
      states.unknown += flow.disks - alone
      continue
    }
    for (const [state, disks] of Object.entries(flow.states) as [CopyState, number][]) states[state] += disks
    const planned = plannedOf(flow, now)
    const unplanned = (flow.states.halted ?? 0) - planned
    halted.planned += planned
    halted.unplanned += unplanned
    if (unplanned > 0 && flow.haltedFromAt !== null) {
      halted.since = Math.min(halted.since ?? flow.haltedFromAt, flow.haltedFromAt)
    }
    if (flow.lateFromAt === null || flow.lateFromAt > now) continue
    // Counted when it was read; since then one at least has come to be late.
    late += Math.max(1, flow.late)
    lateFrom.push(flow.lateFromAt)
  }
  const reads = flows.flatMap((flow) => flow.reads.map(({ readAt }) => readAt))
  return {
    disks: flows.reduce((sum, flow) => sum + flow.disks, 0),
    states,
    places: [...places].map(([site, disks]) => ({ site, disks })).sort((a, b) => b.disks - a.disks),
    copies: [...copies].sort((a, b) => b[1] - a[1]).map(([site]) => site),
    silent: [...silent].map(([site, since]) => ({ site, since })),
    ...lossesOf(flows, now),
    halted,
    late,
    lateSince: lateFrom.length === 0 ? null : Math.min(...lateFrom),
    readAt: reads.length > 0 && reads.every((at) => at !== null) ? Math.min(...reads) : null,
  }
}

/** Is copying paused on this flow by planned work now? */
export const isPaused = ({ pausedUntil }: ServiceFlow, now: number): boolean => (pausedUntil ?? 0) > now

/** Halted copies that planned work explains. A copy that stands for another reason is not as planned, whatever is. */
export const plannedOf = (flow: ServiceFlow, now: number): number =>
  isPaused(flow, now) ? Math.min(flow.connecting, flow.states.halted ?? 0) : 0

/** Never read is older than any time. */
const earlier = (known: number | null | undefined, at: number | null): number | null =>
  known === undefined ? at : known === null || at === null ? null : Math.min(known, at)

function lossesOf(
  flows: readonly ServiceFlow[],
  now: number,
): Pick<ServiceNow, 'worst' | 'worstUnseen' | 'unseenCopies'> {
  const silentAt = (flow: ServiceFlow, site: string | null) =>
    flow.reads.some((read) => read.site === site && !isFresh(read, now))
  const blind = flows.filter((flow) => flow.from !== null && flow.to !== null && silentAt(flow, flow.to))
  const seen = flows.filter((flow) => !blind.includes(flow))
  const ways = new Map(blind.map(({ from, to }) => [`${from}>${to}`, { from: from ?? '', to: to ?? '' }]))
  return {
    worst: worstOf(seen.filter((flow) => !silentAt(flow, flow.from))),
    worstUnseen: worstOf(seen.filter((flow) => silentAt(flow, flow.from))),
    unseenCopies: [...ways.values()],
  }
}

function worstOf(flows: readonly ServiceFlow[]): HeldFlow | null {
  const held = flows.filter((flow): flow is HeldFlow => flow.heldUntilAt !== null)
  return held.reduce<HeldFlow | null>(
    (worst, flow) => (worst === null || flow.heldUntilAt < worst.heldUntilAt ? flow : worst),
    null,
  )
}
