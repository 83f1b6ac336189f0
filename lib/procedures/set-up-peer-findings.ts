import type { Finding } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import type { SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Ground, GroundDeps, SiteGround } from './ground'
import type { Peering } from './set-up'
import type { Shown } from './set-up-findings'

const base = { evidence: '', remedy: '', command: '', keys: [] } as const

/** What the other site's rbd-mirror logs in as, unless another was chosen: the one that a token makes. */
export const PEER_CLIENT = 'client.rbd-mirror-peer'

/** The user is made where it is missing; one of other capabilities is refused by Ceph, and left as it is (ceph-facts 23). */
export function userFindings(sites: readonly SiteGround[], peering: Peering, shown: Shown): readonly Finding[] {
  const client = peering.kind === 'by-hand' ? peering.client : PEER_CLIENT
  const argv: readonly string[] = mirrorArgv.peerKey(client)
  const wanted = { mon: argv[argv.indexOf('mon') + 1] ?? '', osd: argv[argv.indexOf('osd') + 1] ?? '' }
  return sites.map(({ site, users }): Finding => userFinding(site, users, client, wanted, shown))
}

function userFinding(
  site: SiteName,
  users: Reading<readonly { readonly entity: string; readonly caps: Readonly<Record<string, string>> }[]>,
  client: string,
  wanted: Readonly<Record<string, string>>,
  shown: Shown,
): Finding {
  const check = 'users'
  const command = shown(site, ['ceph', 'auth', 'ls'])
  if (users.kind === 'unknown')
    return {
      ...base,
      check,
      severity: 'unknown',
      title: `The users of ${site} could not be listed`,
      evidence: users.reason,
      command,
    }
  const found = users.value.find(({ entity }) => entity === client)
  if (found === undefined)
    return {
      ...base,
      check,
      severity: 'pass',
      title: `${client} is made at ${site}`,
      evidence: 'no such user is there yet',
      command,
    }
  const caps = Object.entries(found.caps).map(([daemon, cap]) => `${daemon} '${cap}'`)
  const fits = Object.entries(wanted).every(([daemon, cap]) => found.caps[daemon] === cap)
  if (fits)
    return { ...base, check, severity: 'pass', title: `${client} is at ${site}`, evidence: caps.join(' '), command }
  return {
    ...{
      ...base,
      check,
      severity: 'blocks',
      title: `${client} has other capabilities at ${site}`,
      evidence: caps.join(' '),
      command,
    },
    remedy: `Choose another user, or give it these: ceph auth caps ${client} mon '${wanted.mon}' osd '${wanted.osd}'.`,
  }
}

/** What is not mirrored yet has no daemons that could be listed: the run looks again, and waits. */
export async function setUpDaemons(
  { from, to, now }: Ground,
  pools: readonly string[],
  receiving: readonly SiteName[],
  { mirror }: Pick<GroundDeps, 'mirror'>,
): Promise<{ readonly findings: readonly Finding[]; readonly without: readonly SiteName[] }> {
  const all = [from, to].filter(({ site }) => receiving.includes(site))
  const findings = await Promise.all(
    all.map(async ({ site, pools: there }): Promise<Finding> => {
      const check = 'daemons'
      const enabled = [...pools, ...there].find((pool) => {
        const read = now(site, pool)
        return read.kind === 'known' && read.value.mode !== 'disabled'
      })
      const remedy = `The run waits for it before any image is mirrored; below are the commands that deploy one at ${site}.`
      if (enabled === undefined) {
        const evidence = 'the service map is asked by pool, and none is mirrored there yet'
        return {
          ...base,
          check,
          severity: 'unknown',
          title: `Whether rbd-mirror lives at ${site} shows once a pool is mirrored`,
          evidence,
          remedy,
        }
      }
      const command = mirror(site).shown(['rbd', 'mirror', 'pool', 'status', enabled, '--verbose']).join(' ')
      try {
        const daemons = await mirror(site).daemons(enabled)
        const named = daemons.map(({ hostname, version }) => `${hostname} ${version}`).join('; ')
        return daemons.length > 0
          ? { ...base, check, severity: 'pass', title: `rbd-mirror lives at ${site}`, evidence: named, command }
          : {
              ...base,
              check,
              severity: 'warns',
              title: `No rbd-mirror lives at ${site}`,
              evidence: `the service map names none for ${enabled}`,
              remedy,
              command,
            }
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error
        return {
          ...base,
          check,
          severity: 'unknown',
          title: `Whether rbd-mirror lives at ${site} is not known`,
          evidence: error.told,
          remedy,
          command,
        }
      }
    }),
  )
  return { findings, without: all.flatMap(({ site }, index) => (findings[index]?.severity === 'pass' ? [] : [site])) }
}
