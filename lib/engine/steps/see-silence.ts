import { fenceVerdict, type Probe } from '@/lib/domain/fencing'
import type { Plan } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort } from '@/lib/ports/mirror'
import { LOST_DEADLINE_MS } from '../look-at'
import { blocked, done, type Step, stepFor } from '../step'

/** A site that is given up is looked at from two places first, and what fences it is held against what they see. */
export const seeSilence: Step = stepFor('sites', {
  name: 'see-silence',
  async observe(subjects, { plan, mirror }) {
    const { outage } = plan
    if (outage === undefined) return subjects.map(() => blocked('this plan says nothing of the outage'))
    const pools = subjects[0]?.member.pools ?? []
    const probes = await probesOf(plan.from, plan.to, pools, outage.monAddresses, mirror)
    const verdict = fenceVerdict(outage.fence, probes)
    return subjects.map(() =>
      'reason' in verdict ? blocked(`${plan.from}: ${verdict.reason}`) : done(verdict.evidence),
    )
  },
})

/** Why a site is not taken for lost, by what was just looked at; null where it is. */
export function notLost({ outage, from }: Plan, probes: readonly Probe[]): string | null {
  if (outage === undefined) return 'this plan says nothing of the outage'
  const verdict = fenceVerdict(outage.fence, probes)
  return 'reason' in verdict ? `${from}: ${verdict.reason}` : null
}

/** Two independent looks: this console asks the cluster itself, and the other site tries the monitors from its own network. */
export async function probesOf(
  from: SiteName,
  to: SiteName,
  pools: readonly string[],
  monAddresses: readonly string[],
  mirror: (site: SiteName) => MirrorPort,
): Promise<readonly Probe[]> {
  return Promise.all([askedFromHere(from, pools, mirror(from)), reachedFrom(to, monAddresses, mirror(to))])
}

async function askedFromHere(site: SiteName, pools: readonly string[], port: MirrorPort): Promise<Probe> {
  const [pool = ''] = pools
  try {
    await port.statuses(pool, { deadlineMs: LOST_DEADLINE_MS })
    return { from: 'this console', answered: true, tried: true, text: `${site} answers` }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    // An answer that says no is an answer.
    const silent = error.kind === 'unreachable' || error.kind === 'unavailable'
    // Where this console's own tools are missing nothing was asked at all.
    return { from: 'this console', answered: !silent, tried: error.kind !== 'unavailable', text: error.told }
  }
}

/** The second eye alone. */
export const triedFrom = ({ to, outage }: Plan, port: MirrorPort): Promise<Probe> =>
  reachedFrom(to, outage?.monAddresses ?? [], port)

async function reachedFrom(site: SiteName, addresses: readonly string[], port: MirrorPort): Promise<Probe> {
  if (addresses.length === 0)
    return { from: site, answered: false, tried: false, text: 'no address of a monitor is known' }
  try {
    const tried = await port.reaches(addresses)
    const open = tried.filter(({ reached }) => reached)
    const text = `${open.length} of ${tried.length} monitors take a connection (${tried.map((one) => `${one.address} ${one.text}`).join(', ')})`
    const refused = open.length === 0 && tried.some((one) => one.text === 'refused')
    return { from: site, answered: open.length > 0, refused, tried: true, text }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return { from: site, answered: false, tried: false, text: `could not be tried: ${error.told}` }
  }
}
