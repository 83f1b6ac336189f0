import type { WayToSee } from '@/lib/domain/set-up'
import { AdapterError } from '@/lib/ports/errors'
import type { Reached } from '@/lib/ports/mirror'
import { done, type Look, type Step, type StepContext, stepFor, waiting } from '../step'

/** What was tried of one way. `monitors`, `osds`: those that did not answer. */
export interface WaySeen {
  readonly way: WayToSee
  /** Why it could not be tried at all; null where it was. */
  readonly untried: string | null
  readonly monitors: readonly Reached[]
  readonly osds: readonly Reached[]
}

/** Each way tried from the site that gets copies, from its own network. */
export const tryWays = (ways: readonly WayToSee[], mirror: StepContext['mirror']): Promise<readonly WaySeen[]> =>
  Promise.all(
    ways.map(async (way): Promise<WaySeen> => {
      const { monitors, osds } = way
      try {
        const tried = await mirror(way.seenFrom).reaches([...monitors, ...osds])
        const closed = (part: readonly Reached[]) => part.filter(({ reached }) => !reached)
        return {
          way,
          untried: null,
          monitors: closed(tried.slice(0, monitors.length)),
          osds: closed(tried.slice(monitors.length)),
        }
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error
        return { way, untried: error.told, monitors: [], osds: [] }
      }
    }),
  )

/** Why rbd-mirror could not work over this way; null where it can. One monitor of several may be down, no OSD may. */
export function shut({ way, untried, monitors, osds }: WaySeen): string | null {
  const { seenFrom, site } = way
  if (untried !== null) return `the way from ${seenFrom} to ${site} could not be tried: ${untried}`
  if (way.monitors.length === 0) return `no address of a monitor of ${site} is known`
  const named = (tried: readonly Reached[]) => tried.map(({ address, text }) => `${address} ${text}`).join(', ')
  if (monitors.length === way.monitors.length)
    return `${seenFrom} reaches no monitor of ${site}: ${named(monitors.slice(0, 5))}`
  if (osds.length > 0)
    return `${seenFrom} does not reach ${osds.length} of ${way.osds.length} OSDs of ${site}: ${named(osds.slice(0, 5))}`
  return null
}

/** What was seen of a way that is not shut. Where no OSD's address is known only the monitors were tried, and it says so. */
export const openText = ({ way: { seenFrom, site, monitors, osds }, monitors: closed }: WaySeen): string =>
  `${seenFrom} reaches ${site}: ${monitors.length - closed.length} of ${monitors.length} monitors, ${
    osds.length === 0 ? 'its OSDs were not tried, no address of one is known' : `all ${osds.length} OSDs`
  }`

/** rbd-mirror talks to the monitors and to every OSD of the other site itself: a firewall that lets the monitors through alone fails late. */
export const seeWays: Step = stepFor('sites', {
  name: 'see-ways',
  async observe(subjects, { plan, mirror }) {
    const seen = await tryWays(plan.ways ?? [], mirror)
    const reasons = seen.map(shut).filter((reason) => reason !== null)
    const open = seen.map(openText)
    return subjects.map((): Look => (reasons.length > 0 ? waiting(reasons.join('; ')) : done(open.join('; '))))
  },
})
