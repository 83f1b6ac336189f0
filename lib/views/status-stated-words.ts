import { plainTime } from './plain-time'
import type { ServiceStatus } from './status'
import { isPaused, plannedOf } from './status-now'
import { type Sentence, sentence } from './status-sentence'

/** Is everything that is late, or stands still, so by planned work? */
export function pausedAsPlanned({ flows }: Pick<ServiceStatus, 'flows'>, now: number): boolean {
  const late = flows.filter(
    ({ lateFromAt, states }) => (lateFromAt !== null && lateFromAt <= now) || (states.halted ?? 0) > 0,
  )
  return (
    late.length > 0 && late.every((flow) => isPaused(flow, now) && plannedOf(flow, now) === (flow.states.halted ?? 0))
  )
}

/** What operators have stated, without a name and without their reasons: those speak of links and hosts. */
export function statedWords({ flows, waited }: Pick<ServiceStatus, 'flows' | 'waited'>, now: number): Sentence[] {
  const ways = new Map<string, string>()
  for (const flow of flows) {
    if (!isPaused(flow, now) || flow.from === null || flow.to === null) continue
    const until = plainTime(flow.pausedUntil as number, now)
    const sites = [flow.from, flow.to].sort().join(' and ')
    const key = `${sites} ${until}`
    const way = `from ${flow.from} to ${flow.to}`
    const both = ways.has(key) && !ways.get(key)?.includes(way)
    ways.set(key, `Copying ${both ? `between ${sites}` : way} is paused for planned work until ${until}.`)
  }
  const here = new Set(flows.flatMap(({ from, to }) => [from, to]))
  const outages = (waited ?? []).filter(({ site }) => here.has(site)).map((one) => waitedText(one, now))
  return [...ways.values(), ...outages].map((text) => sentence('copy', 'known', text))
}

function waitedText(one: NonNullable<ServiceStatus['waited']>[number], now: number): string {
  const { site, decidedAt, expectedAt, returnedAt } = one
  if (returnedAt !== null) {
    return `${site} is back since ${plainTime(returnedAt, now)}: whether its data goes on being copied is being checked.`
  }
  const decided = `The outage of ${site} is known: it was decided at ${plainTime(decidedAt, now)} to wait for it and not to move`
  if (expectedAt === null) return `${decided}.`
  return expectedAt > now
    ? `${decided}. It is expected back at ${plainTime(expectedAt, now)}.`
    : `${decided}. It was expected back at ${plainTime(expectedAt, now)}, and is not.`
}
