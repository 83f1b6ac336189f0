import type { PoolView, SiteView } from './site'

/** Something that must hold between the two sites of a pair. `note`: it holds, and there is something to know. */
export interface PairFact {
  readonly title: string
  readonly state: 'pass' | 'note' | 'fail' | 'unknown'
  /** What was read, in a line. */
  readonly evidence: string
  /** Why it matters, or what to do. */
  readonly why: string
}

/** What must match between two sites that mirror to each other. What was not read passes nothing. */
export function pairFacts(left: SiteView, right: SiteView): PairFact[] {
  return [
    poolNames(left, right),
    mirrorModes(left, right),
    peersBothWays(left, right),
    daemonsRun(left, right),
    versions(left, right),
    fsids(left, right),
    clocks(left, right),
  ]
}

const fact = (title: string, state: PairFact['state'], evidence: string, why: string): PairFact => ({
  title,
  state,
  evidence,
  why,
})

const mirrored = (site: SiteView, peer: SiteView): PoolView[] =>
  site.pools.filter((pool) => pool.peerSite === peer.name && pool.mode !== 'disabled')

function poolNames(left: SiteView, right: SiteView): PairFact {
  const title = 'The same pools at both'
  const why = 'rbd-mirror finds the other side of a pool by its name.'
  if (left.pools.length === 0 || right.pools.length === 0) return fact(title, 'unknown', 'pools not read yet', why)
  const [here, there] = [mirrored(left, right), mirrored(right, left)].map((pools) => pools.map(({ pool }) => pool))
  const alone = [
    ...(here ?? []).filter((pool) => !there?.includes(pool)).map((pool) => `${pool} at ${left.name} alone`),
    ...(there ?? []).filter((pool) => !here?.includes(pool)).map((pool) => `${pool} at ${right.name} alone`),
  ]
  if (alone.length > 0) return fact(title, 'fail', alone.join(', '), why)
  return fact(title, 'pass', (here ?? []).join(', '), why)
}

function mirrorModes(left: SiteView, right: SiteView): PairFact {
  const title = 'The same mirroring mode'
  const why = 'Pools of Cinder are mirrored image by image: in pool mode Ceph mirrors what Cinder did not ask for.'
  const both = shared(left, right)
  if (both.length === 0) return fact(title, 'unknown', 'no pool read at both sites yet', why)
  const odd = both.filter(([a, b]) => a.mode !== b.mode)
  if (odd.some(([a, b]) => a.mode === 'unknown' || b.mode === 'unknown')) {
    return fact(title, 'unknown', odd.map(([a]) => a.pool).join(', '), why)
  }
  if (odd.length > 0)
    return fact(title, 'fail', odd.map(([a, b]) => `${a.pool}: ${a.mode} and ${b.mode}`).join(', '), why)
  return fact(title, 'pass', [...new Set(both.map(([a]) => a.mode))].join(', '), why)
}

function peersBothWays(left: SiteView, right: SiteView): PairFact {
  const title = 'Peers both ways'
  const why = 'Without a peer in the other direction nothing flows back after a failover.'
  const both = shared(left, right)
  if (both.length === 0 || both.some(([a, b]) => a.mirroring === null || b.mirroring === null)) {
    return fact(title, 'unknown', 'peers not read yet', why)
  }
  const oneWay = both.filter((sides) => !sides.every(receives)).map(([a]) => a.pool)
  if (oneWay.length > 0) return fact(title, 'fail', `one way alone: ${oneWay.join(', ')}`, why)
  return fact(title, 'pass', `rx-tx in ${both.length} pool${both.length === 1 ? '' : 's'}`, why)
}

const receives = ({ mirroring }: PoolView): boolean =>
  mirroring?.peers.some(({ direction }) => direction !== 'tx-only') ?? false

function daemonsRun(left: SiteView, right: SiteView): PairFact {
  const title = 'rbd-mirror at both'
  const why = 'The site that receives runs it. Two a site outlive the loss of a host.'
  const sides = [left, right].map((site, index) => {
    const pools = mirrored(site, index === 0 ? right : left)
    const without = pools.filter(({ daemons }) => daemons?.every(({ health }) => health === 'ERROR'))
    return { name: site.name, unread: pools.length === 0 || pools.some(({ daemons }) => daemons === null), without }
  })
  const lacking = sides.flatMap(({ name, without }) => without.map(({ pool }) => `${pool} at ${name}`))
  if (lacking.length > 0) return fact(title, 'fail', `none answers for ${lacking.join(', ')}`, why)
  if (sides.some(({ unread }) => unread)) return fact(title, 'unknown', 'daemons not read yet', why)
  return fact(title, 'pass', 'every mirrored pool has one', why)
}

function versions(left: SiteView, right: SiteView): PairFact {
  const title = 'Ceph releases'
  const why = 'Releases that differ work, while an update lasts; one release is what Ceph is tested with.'
  const [a, b] = [left.facts?.version, right.facts?.version]
  if (a === undefined || b === undefined) return fact(title, 'unknown', 'not read yet', why)
  const evidence = a === b ? a : `${a} at ${left.name}, ${b} at ${right.name}`
  return fact(title, major(a) === major(b) ? 'pass' : 'note', evidence, why)
}

const major = (version: string): string => version.split('.')[0] ?? version

function fsids(left: SiteView, right: SiteView): PairFact {
  const title = 'Cluster ids (fsid)'
  const [a, b] = [left.facts?.fsid, right.facts?.fsid]
  if (a === undefined || b === undefined) return fact(title, 'unknown', 'not read yet', '')
  if (a !== b) return fact(title, 'pass', 'differ', 'Each cluster has an id of its own.')
  return fact(
    title,
    'note',
    `both ${a}`,
    'Wanted where one OpenStack has a recovery cluster; peers are then told apart by site name alone.',
  )
}

/** The console corrects every figure by the skew, so this is for those who read logs of both sides. */
function clocks(left: SiteView, right: SiteView): PairFact {
  const title = 'Clocks'
  const why = 'Figures are corrected for it; logs and the times of schedules are not.'
  if (left.clock === null || right.clock === null) return fact(title, 'unknown', 'not compared yet', why)
  const apartMs = Math.abs(left.clock.skewMs - right.clock.skewMs)
  const evidence = `${apartMs} ms apart, ± ${left.clock.boundMs + right.clock.boundMs} ms`
  return fact(title, apartMs - left.clock.boundMs - right.clock.boundMs > 1000 ? 'fail' : 'pass', evidence, why)
}

/** Pools that both sites mirror to each other. */
function shared(left: SiteView, right: SiteView): [PoolView, PoolView][] {
  const there = mirrored(right, left)
  return mirrored(left, right).flatMap((pool) => {
    const other = there.find((candidate) => candidate.pool === pool.pool)
    return other === undefined ? [] : [[pool, other] as [PoolView, PoolView]]
  })
}
