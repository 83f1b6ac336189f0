import type { Finding, Plan, ScheduleMember } from '@/lib/domain/plan'
import type { ChangeRow, PoolMember, WayToSee } from '@/lib/domain/set-up'
import { type ImageSpec, type MirrorMode, type SiteName, specText } from '@/lib/domain/words'
import { tryWays } from '@/lib/engine/steps/see-ways'
import type { MirrorPort, PoolImage, SnapshotSchedule } from '@/lib/ports/mirror'
import { type Ground, type GroundDeps, readGround } from './ground'
import { oldPeerFindings } from './old-peer-findings'
import { orphanFindings } from './orphan-findings'
import { drawnIn, drawnInChanges, drawnInFindings } from './pool-mode-findings'
import { compileSetUp, type Peering, poolMembers, poolSchedule } from './set-up'
import { clockFindings, fsidFinding, nameFinding, poolFindings, wayFindings } from './set-up-findings'
import { asideFindings, imageSummary, roomFindings, scheduleWarnings } from './set-up-image-findings'
import { chooseImages, type Wanted } from './set-up-images'
import { PEER_CLIENT, setUpDaemons, userFindings } from './set-up-peer-findings'

export interface SetUpInput {
  readonly from: SiteName
  readonly to: SiteName
  readonly ways: 'one-way' | 'two-way'
  readonly peering: { readonly kind: 'token' } | { readonly kind: 'by-hand'; readonly client: string }
  readonly pools: readonly { readonly name: string; readonly mode: 'image' | 'pool' }[]
  readonly images:
    | { readonly kind: 'none' }
    | { readonly kind: 'all'; readonly mode: MirrorMode }
    | { readonly kind: 'named'; readonly images: readonly { readonly spec: string; readonly mode: MirrorMode }[] }
  readonly schedules: readonly { readonly pool: string; readonly interval: string }[]
}

export interface PreparedChange {
  readonly at: number
  readonly plan: Plan | null
  readonly refusal: string | null
  readonly findings: readonly Finding[]
  readonly changes: readonly ChangeRow[]
  readonly setAside: readonly { readonly key: string; readonly name: string; readonly reason: string }[]
  /** Sites of which it is not known that an rbd-mirror lives there. */
  readonly withoutDaemon: readonly SiteName[]
}

/** What setting this up would find and run. Looks at both sites afresh; changes nothing. Throws AdapterError. */
export async function prepareSetUp(input: SetUpInput, deps: GroundDeps): Promise<PreparedChange> {
  const { from, to, ways } = input
  const ground = await readGround(from, to, deps)
  const names = input.pools.map(({ name }) => name)
  const [here, there] = await Promise.all([
    imagesOf(deps.mirror(from), ground.from.pools, names),
    imagesOf(deps.mirror(to), ground.to.pools, names),
  ])
  const at = deps.clock.now()
  const { wanted, missing } = wantedOf(input, here)
  const outside = await mirroredOutside(wanted, here, deps.mirror(from))
  const chosen = chooseImages(wanted, {
    ...{ from, to, there: new Map(there.map((one) => [specText(one.spec), one])) },
    mirroredOutside: (spec) => outside.get(spec) ?? null,
  })
  // Of all, those that are mirrored already need no run; what is named is looked at again.
  const members =
    input.images.kind === 'all' ? chosen.members.filter(({ globalId }) => globalId === '') : chosen.members
  const receiving = ways === 'two-way' ? [to, from] : [to]
  const lines = waysOf(ground, receiving)
  const [seen, daemons, standing] = await Promise.all([
    tryWays(lines, deps.mirror),
    setUpDaemons(ground, names, receiving, deps),
    deps.mirror(from).schedules(),
  ])
  const peering = peeringOf(input, ground)
  const shown = (site: SiteName, argv: readonly string[]) => deps.mirror(site).shown(argv).join(' ')
  const pools = input.pools.flatMap(({ name, mode }) =>
    poolMembers(input, name, mode, ways, peering, { [from]: ground.from.siteName, [to]: ground.to.siteName }),
  )
  const schedules = input.schedules.map(({ pool, interval }) => poolSchedule(pool, null, interval, from))
  const setAside = [...chosen.setAside, ...missing]
  const chosenNames = new Set(chosen.members.map(({ image }) => specText(image)))
  const along = drawnIn(input.pools, { site: from, images: here }, { site: to, images: there }, chosenNames)
  const findings = [
    fsidFinding(ground, peering, shown),
    nameFinding(ground),
    ...wayFindings(seen, shown),
    ...clockFindings([ground.from, ground.to]),
    ...poolFindings(ground, input.pools, shown),
    ...(await oldPeerFindings(ground, names, deps, shown)),
    ...userFindings(ways === 'two-way' ? [ground.from, ground.to] : [ground.from], peering, shown),
    ...orphanFindings(to, there, from, here),
    ...(ways === 'two-way' ? orphanFindings(from, here, to, there) : []),
    ...daemons.findings,
    ...asideFindings(setAside, to),
    ...imageSummary(wanted, members),
    ...drawnInFindings(along),
    ...roomFindings(members, ground.to),
    ...scheduleWarnings(input.schedules, chosen.members, standing),
  ]
  const refusal = refusalOf(findings, wanted.length + missing.length, chosen.members.length, input)
  const plan = refusal === null ? compileSetUp({ from, to, pools, images: members, schedules, ways: lines }) : null
  const changes = [
    ...poolChanges(pools, ground),
    ...chosen.changes,
    ...drawnInChanges(along),
    ...schedules.map((one) => scheduleChange(one, standing)),
  ]
  return { at, plan, refusal, findings, changes, setAside, withoutDaemon: daemons.without }
}

/** Of pools that are there; the others are a finding. */
async function imagesOf(
  port: MirrorPort,
  listed: readonly string[],
  names: readonly string[],
): Promise<readonly PoolImage[]> {
  const there = names.filter((name) => listed.includes(name))
  return (await Promise.all(there.map((name) => port.poolImages(name)))).flat()
}

/** An image that is named and not there is said, never left out in silence. */
function wantedOf({ images, pools }: SetUpInput, here: readonly PoolImage[]) {
  const poolMode = new Map(pools.map(({ name, mode }) => [name, mode]))
  const modeOf = ({ pool }: ImageSpec) => poolMode.get(pool) ?? 'image'
  if (images.kind === 'none') return { wanted: [], missing: [] }
  if (images.kind === 'all') {
    // What is mirrored in another mode already, or is a copy of the other site's, is not what "all" asks for.
    const open = here.filter(
      ({ mirrored }) => mirrored === null || (mirrored.mode === images.mode && mirrored.role === 'primary'),
    )
    return {
      wanted: open.map((image): Wanted => ({ image, mode: images.mode, poolMode: modeOf(image.spec) })),
      missing: [],
    }
  }
  const bySpec = new Map(here.map((one) => [specText(one.spec), one]))
  const wanted: Wanted[] = []
  const missing: { key: string; name: string; reason: string }[] = []
  for (const { spec, mode } of new Map(images.images.map((one) => [one.spec, one])).values()) {
    const image = bySpec.get(spec)
    if (image === undefined)
      missing.push({ key: spec, name: spec, reason: 'it is not there, or its pool is not chosen' })
    else wanted.push({ image, mode, poolMode: modeOf(image.spec) })
  }
  return { wanted, missing }
}

/** Are the parents that were not chosen mirrored? Those in other pools are asked for by name. */
async function mirroredOutside(
  wanted: readonly Wanted[],
  here: readonly PoolImage[],
  port: MirrorPort,
): Promise<ReadonlyMap<string, boolean | null>> {
  const found = new Map<string, boolean | null>(
    here.map(({ spec, mirrored }) => [specText(spec), mirrored !== null && mirrored.state === 'enabled']),
  )
  const others = new Map(
    wanted.flatMap(({ image: { parent } }) =>
      parent === null || found.has(specText(parent)) ? [] : [[specText(parent), parent] as const],
    ),
  )
  if (others.size === 0) return found
  const read = await port.found([...others.values()])
  for (const [index, name] of [...others.keys()].entries()) {
    const one = read[index]
    found.set(name, one?.kind === 'known' ? one.value.kind === 'there' && one.value.globalId !== null : null)
  }
  return found
}

const waysOf = ({ from, to }: Ground, receiving: readonly SiteName[]): readonly WayToSee[] =>
  receiving.map((seenFrom) => {
    const other = seenFrom === to.site ? from : to
    const osds = other.osds.kind === 'known' ? [...other.osds.value].sort() : []
    return { seenFrom, site: other.site, monitors: [...other.facts.monAddresses].sort(), osds }
  })

/** A site without a monitor's address has none to give: then peers by hand are refused by the ways. */
function peeringOf({ peering }: SetUpInput, { from, to }: Ground): Peering {
  if (peering.kind === 'token') return peering
  const monHost = ({ facts }: Ground['from']) => [...facts.monAddresses].sort().join(',')
  return { kind: 'by-hand', client: peering.client, monHost: { [from.site]: monHost(from), [to.site]: monHost(to) } }
}

function refusalOf(findings: readonly Finding[], asked: number, fit: number, { schedules }: SetUpInput): string | null {
  const blocked = findings.find(({ severity, keys }) => severity === 'blocks' && keys.length === 0)
  if (blocked !== undefined) return `${blocked.title}: ${blocked.evidence}. ${blocked.remedy}`
  if (asked > 0 && fit === 0 && schedules.length === 0)
    return `None of the ${asked} images can be mirrored: each has its reason below.`
  return null
}

function poolChanges(pools: readonly PoolMember[], { now }: Ground): readonly ChangeRow[] {
  return pools.flatMap((member): readonly ChangeRow[] => {
    const { pool, site, other, mode, peer, siteName, otherName } = member
    const read = now(site, pool)
    const is = read.kind === 'known' ? read.value : null
    const enabled = is !== null && is.mode === mode
    const row = { sizeBytes: null, cost: '' } as const
    const mirroring: ChangeRow = {
      ...row,
      ...{ key: member.key, name: `pool ${pool} at ${site}` },
      before: is === null ? 'not known' : is.mode === 'disabled' ? 'not mirrored' : `mirrored, ${is.mode} mode`,
      after: `mirrored, ${mode} mode, as ${siteName}`,
      effect: enabled ? 'done' : 'changes',
    }
    if (peer === null) return [mirroring]
    const knows =
      is?.peers.some(({ siteName: name, direction }) => name === otherName && direction !== 'tx-only') ?? false
    const both = peer.kind === 'token' && peer.direction === 'rx-tx'
    const client = peer.kind === 'by-hand' ? peer.client : PEER_CLIENT
    return [
      mirroring,
      {
        ...row,
        ...{ key: `${member.key}/peer`, name: `peer of pool ${pool} at ${site}` },
        before: knows ? `${otherName}` : 'none',
        after: `${site} pulls from ${other}${both ? `, and ${other} from ${site}` : ''}`,
        cost: knows ? '' : `the user ${client} at ${both ? 'both sites' : other}, where it is not there yet`,
        effect: knows ? 'done' : 'changes',
      },
    ]
  })
}

function scheduleChange(
  { key, pool, interval, site = '' }: ScheduleMember,
  standing: readonly SnapshotSchedule[],
): ChangeRow {
  const there = standing.filter((one) => one.pool === pool && one.image === null)
  const done = there.some((one) => one.interval === interval)
  return {
    ...{ key, name: `schedule of pool ${pool} at ${site}`, sizeBytes: null, effect: done ? 'done' : 'changes' },
    before: there.length === 0 ? 'none' : there.map((one) => `every ${one.interval}`).join(', '),
    after: done ? 'stays so' : `every ${interval}`,
    cost: done ? '' : `a mirror snapshot of each image every ${interval}`,
  }
}
