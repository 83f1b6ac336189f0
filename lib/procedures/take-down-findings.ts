import type { Finding, ImageMember } from '@/lib/domain/plan'
import type { TakeDownPart } from '@/lib/domain/set-up'
import { specText } from '@/lib/domain/words'
import type { PoolImage } from '@/lib/ports/mirror'
import type { SiteGround } from './ground'
import { gib } from './prepare-reprotect'
import type { PreparedChange } from './prepare-set-up'
import type { TakeDownInput } from './take-down'

const base = { evidence: '', remedy: '', command: '', keys: [] } as const

export function missingFindings({ pools, from, to }: TakeDownInput, found: readonly string[]): readonly Finding[] {
  return pools
    .filter((pool) => !found.includes(pool))
    .map((pool) => ({
      ...{ ...base, check: 'pools', severity: 'blocks' as const, title: `Pool ${pool} is not at both sites` },
      evidence: `${from} and ${to} were asked for their pools for RBD images`,
      remedy: 'Choose pools that are at both.',
    }))
}

/** In a pool that is taken down nothing may stay mirrored. */
export function leftFindings(
  { part, from, to }: TakeDownInput,
  here: readonly PoolImage[],
  there: readonly PoolImage[],
  setAside: PreparedChange['setAside'],
): readonly Finding[] {
  if (part !== 'all') return []
  const known = new Set(here.flatMap(({ mirrored }) => (mirrored === null ? [] : [mirrored.globalId])))
  const alone = there.filter(({ mirrored }) => mirrored !== null && !known.has(mirrored.globalId))
  const [first] = [
    ...setAside.map(({ name, reason }) => `${name}: ${reason}`),
    ...alone.map(({ spec }) => `${specText(spec)} is mirrored at ${to} alone`),
  ]
  if (first === undefined) return []
  return [
    {
      ...{
        ...base,
        check: 'left',
        severity: 'blocks',
        title: `${setAside.length + alone.length} images would stay mirrored in these pools`,
      },
      evidence: first,
      remedy: `A pool is taken down only when nothing in it is mirrored. Take down the images of ${from} alone first, then those of ${to} from there.`,
    },
  ]
}

export function copyFindings(
  members: readonly ImageMember[],
  there: readonly PoolImage[],
  { from, to }: TakeDownInput,
): readonly Finding[] {
  if (members.length === 0) return []
  const ids = new Set(there.flatMap(({ mirrored }) => (mirrored === null ? [] : [mirrored.globalId])))
  const deleted = members.filter(({ globalId }) => ids.has(globalId))
  const bytes = deleted.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return [
    {
      ...{ ...base, check: 'copies', severity: 'warns', title: `${deleted.length} copies at ${to} are deleted` },
      evidence: `${gib(bytes)} as provisioned; rbd-mirror at ${to} does it by itself once their mirroring has ended`,
      remedy: `What is kept is at ${from} alone from then on. To keep a copy at ${to} as an image of its own, clone or copy it there first.`,
      keys: deleted.map(({ key }) => key),
    },
    {
      ...{ ...base, check: 'images', severity: 'pass', title: `${members.length} images are primary at ${from}` },
      evidence: 'read at both sites just now; they keep their data',
    },
  ]
}

export const takeDownAsideFindings = (setAside: PreparedChange['setAside']): readonly Finding[] =>
  setAside.length === 0
    ? []
    : [
        {
          ...{ ...base, check: 'images', severity: 'blocks', title: `${setAside.length} images are set aside` },
          ...{
            evidence: `${setAside[0]?.name ?? ''}: ${setAside[0]?.reason ?? ''}`,
            keys: setAside.map(({ key }) => key),
          },
          remedy: 'They stay mirrored as they are.',
        },
      ]

export const partFindings = (part: TakeDownPart): readonly Finding[] =>
  part === 'peers'
    ? [
        {
          ...{
            ...base,
            check: 'peers',
            severity: 'warns',
            title: 'The images stay mirrored, and nothing follows them',
          },
          evidence: 'without a peer rbd-mirror copies nothing',
          remedy: 'Copies age from then on. In journal mode the journals grow, since nobody reads them.',
        },
      ]
    : []

/**
 * The user that a peer comes in by is its cluster's own: no command of rbd takes it away, and with its key all mirrored pools
 * can be read. Other pools or peers may live by it, so a person takes it.
 */
export const leftUserFindings = (part: TakeDownPart, sites: readonly SiteGround[]): readonly Finding[] =>
  part !== 'all' && part !== 'peers'
    ? []
    : sites.flatMap(({ site, users }): readonly Finding[] => {
        const found = users.kind === 'known' ? users.value.filter(({ caps }) => caps.mon?.includes(PEER_CAP)) : []
        return found.map(({ entity }) => ({
          ...{ ...base, check: 'users', severity: 'warns', title: `The user ${entity} stays at ${site}` },
          evidence: `it has "${PEER_CAP}" and was made for a peer; its key opens all pools of ${site}`,
          remedy: `Remove it at ${site} by hand once no pool there has a peer that comes in by it.`,
          command: `ceph auth rm ${entity}`,
        }))
      })

const PEER_CAP = 'profile rbd-mirror-peer'

/** Disabling takes journaling along where it is on, and leaves exclusive-lock, whoever turned it on (ceph-facts 30). */
export function leftFeatureFindings(members: readonly ImageMember[]): readonly Finding[] {
  const journaled = members.filter(({ mode }) => mode === 'journal')
  const [first] = journaled
  if (first === undefined) return []
  return [
    {
      ...{
        ...base,
        check: 'features',
        severity: 'pass',
        title: `exclusive-lock stays on at ${journaled.length} images`,
      },
      evidence: 'mirroring by journal turned it on where it was off, and Ceph does not take it back',
      remedy: 'It hinders nobody who does not share an image. Where one is to be shared take it off by hand.',
      command: `rbd feature disable ${specText(first.image)} exclusive-lock`,
    },
  ]
}
