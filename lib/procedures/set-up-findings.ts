import type { Finding } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { pulls } from '@/lib/engine/steps/pool-look'
import { openText, shut, type WaySeen } from '@/lib/engine/steps/see-ways'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Ground, SiteGround } from './ground'
import type { Peering } from './set-up'

const base = { evidence: '', remedy: '', command: '', keys: [] } as const

export type Shown = (site: SiteName, argv: readonly string[]) => string

/** rbd-mirror's own connections: what is shut now fails the first copy hours later. */
export const wayFindings = (seen: readonly WaySeen[], shown: Shown): readonly Finding[] =>
  seen.map((one): Finding => {
    const { seenFrom, site, osds } = one.way
    const reason = shut(one)
    const check = 'ways'
    const command = shown(site, ['ceph', 'osd', 'dump'])
    const down = one.monitors.length
    if (reason === null) {
      const severity = osds.length === 0 ? 'unknown' : down > 0 ? 'warns' : 'pass'
      return { ...base, check, severity, title: `${seenFrom} reaches ${site}`, evidence: openText(one), command }
    }
    const remedy = `Open the ways from the hosts of rbd-mirror at ${seenFrom} to the public network of ${site}: monitors 3300 and 6789, OSDs 6800 to 7300.`
    const severity = one.untried === null ? 'blocks' : 'unknown'
    return {
      ...base,
      check,
      severity,
      title: `${seenFrom} does not reach all of ${site}`,
      evidence: reason,
      remedy,
      command,
    }
  })

/** A skew shows in every figure of exposure, and past some minutes cephx refuses keys. */
export const clockFindings = (sites: readonly SiteGround[]): readonly Finding[] =>
  sites.map(({ site, clock }): Finding => {
    const check = 'clock'
    if (clock.kind === 'unknown')
      return {
        ...base,
        check,
        severity: 'unknown',
        title: `The clock of ${site} could not be read`,
        evidence: clock.reason,
      }
    const { skewMs, boundMs } = clock.value
    const evidence = `${Math.round(skewMs)} ms from this console's clock, give or take ${Math.ceil(boundMs)} ms`
    return Math.abs(skewMs) - boundMs > 1000
      ? {
          ...{ ...base, check, severity: 'warns', title: `The clock of ${site} is off`, evidence },
          remedy: 'Have both sites follow NTP: figures of exposure are no better than the clocks.',
        }
      : { ...base, check, severity: 'pass', title: `The clock of ${site} is right`, evidence }
  })

/** A token names its cluster by fsid, and no cluster takes one that names itself (ceph-facts 19). */
export function fsidFinding({ from, to }: Ground, peering: Peering, shown: Shown): Finding {
  const same = from.facts.fsid === to.facts.fsid
  const evidence = same
    ? `${from.facts.fsid} at both`
    : `${from.site}: ${from.facts.fsid}; ${to.site}: ${to.facts.fsid}`
  const check = 'fsid'
  const command = shown(from.site, ['ceph', 'fsid'])
  if (same && peering.kind === 'token')
    return {
      ...{
        ...base,
        check,
        severity: 'blocks',
        title: 'Both clusters have one fsid: a token cannot be used',
        evidence,
        command,
      },
      remedy: 'Choose peers by hand: the monitors and a key do not name the cluster.',
    }
  const title = same ? 'Both clusters have one fsid: peers by hand work' : 'The clusters have fsids of their own'
  return { ...base, check, severity: 'pass', title, evidence, command }
}

/** The site's name in mirroring is the cluster's (ceph-facts 18): two of one name cannot be told apart, and a token is refused. */
export function nameFinding({ from, to }: Ground): Finding {
  const check = 'names'
  const evidence = `${from.site} is ${from.siteName}, ${to.site} is ${to.siteName}`
  return from.siteName === to.siteName
    ? {
        ...{ ...base, check, severity: 'blocks', title: 'Mirroring has one name for both sites', evidence },
        remedy:
          'Rename one: rbd mirror pool info shows it, rbd mirror pool enable --site-name NAME sets it for the whole cluster.',
      }
    : { ...base, check, severity: 'pass', title: 'Mirroring has a name for each site', evidence }
}

/** By pool: is it there at both, in a mode that fits, and free of another peer? */
export function poolFindings(
  { from, to, now }: Ground,
  pools: readonly { readonly name: string; readonly mode: 'image' | 'pool' }[],
  shown: Shown,
): readonly Finding[] {
  return pools.flatMap(({ name, mode }) =>
    [from, to].flatMap((here): readonly Finding[] => {
      const other = here === from ? to : from
      const check = 'pools'
      if (!here.pools.includes(name)) {
        return [
          {
            ...{ ...base, check, severity: 'blocks', title: `${here.site} has no pool ${name} for RBD images` },
            evidence: 'a pool is mirrored to one of the same name, and to no other',
            remedy: `Create it at ${here.site}: ceph osd pool create ${name}; rbd pool init ${name}.`,
            command: shown(here.site, ['ceph', 'osd', 'pool', 'ls', 'detail']),
          },
        ]
      }
      const read = now(here.site, name)
      const command = shown(here.site, ['rbd', 'mirror', 'pool', 'info', name])
      if (read.kind === 'unknown')
        return [
          {
            ...base,
            check,
            severity: 'unknown',
            title: `Pool ${name} at ${here.site} could not be read`,
            evidence: read.reason,
            command,
          },
        ]
      const is = read.value
      if (is.mode !== 'disabled' && is.mode !== mode) {
        return [
          {
            ...{
              ...base,
              check,
              severity: 'blocks',
              title: `Pool ${name} is mirrored in ${is.mode} mode at ${here.site}`,
              command,
            },
            evidence: `${mode} mode was chosen`,
            remedy: `Choose ${is.mode} mode for it, or take its mirroring down first.`,
          },
        ]
      }
      const stranger = is.peers.find((peer) => pulls(peer) && peer.siteName !== other.siteName)
      if (stranger !== undefined) {
        return [
          {
            ...{ ...base, check, severity: 'blocks', title: `Pool ${name} at ${here.site} has another peer`, command },
            evidence: `it pulls from ${stranger.siteName || stranger.clientName}, and Ceph takes one peer a pool to pull from`,
            remedy: `Remove that peer first: ${shown(here.site, mirrorArgv.peerRemove(name, stranger.uuid))}`,
          },
        ]
      }
      const title = `Pool ${name} is there at ${here.site}, ${is.mode === 'disabled' ? 'not mirrored yet' : `mirrored in ${mode} mode`}`
      return [
        {
          ...base,
          check,
          severity: 'pass',
          title,
          evidence: is.peers.map((peer) => `peer ${peer.siteName}`).join(', '),
          command,
        },
      ]
    }),
  )
}
