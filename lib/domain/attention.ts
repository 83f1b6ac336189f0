import type { AcknowledgedOutage } from './acknowledged-outage'
import { type CloudView, cloudItems } from './cloud-items'
import { type HollowImage, hollowItems } from './hollow-item'
import { behind, type Lane } from './if-lost'
import { tooTight } from './objective'
import { connectingItems, suspendedNote } from './statement-items'
import type { Attention } from './summary'
import { holdingFor, type Suspension } from './suspension'
import type { Verdict } from './verdict-words'
import type { SiteName } from './words'

export interface SiteView {
  readonly name: SiteName
  readonly condition: 'new' | 'ok' | 'failing' | 'silent'
  readonly silentSince: number | null
  readonly error: string
  /** Site's clock minus ours, milliseconds, null where it was not compared. */
  readonly skewMs: number | null
  /** Pools whose copies come here and for which no rbd-mirror answers. */
  readonly poolsWithoutDaemon: readonly string[]
  /** Mirrored pools whose peer is no configured site. */
  readonly unpairedPools: readonly string[]
}

/** Snapshot images of a direction by what makes their snapshots. */
export interface ScheduleView {
  readonly lane: Lane
  readonly without: number
  /** Shortest interval that the objective is too tight for, seconds, and how many images have such a one. */
  readonly tight: number
  readonly tightestSec: number | null
}

export interface AttentionInput {
  readonly sites: readonly SiteView[]
  readonly clouds: readonly CloudView[]
  readonly lanes: readonly Lane[]
  /** As last read, whatever its age. */
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
  /** As last read, each by name: what happened and what helps is said of each. */
  readonly hollow: readonly HollowImage[]
  /** As of now: old readings count as unknown. */
  readonly unknownNow: number
  readonly parentNotMirrored: number
  /** Clones in snapshot mode that have a copy. */
  readonly tearingClones: number
  readonly schedules: readonly ScheduleView[]
  readonly suspensions: readonly Suspension[]
  readonly outages: readonly AcknowledgedOutage[]
  /** Of two primaries and split-brains, those that a person keeps on both sides on purpose. */
  readonly apart: Readonly<Partial<Record<Verdict, number>>>
  /** What is open of suspensions and outages themselves. */
  readonly statements: readonly Item[]
}

export type Item = Omit<Attention, 'since'> & { readonly since?: number | null }

const images = (count: number): string => (count === 1 ? '1 image' : `${count.toLocaleString('en-US')} images`)
const query = (fields: Readonly<Record<string, string>>): string => `/images?${new URLSearchParams(fields)}`
const show = (fields: Readonly<Record<string, string>>) => ({ label: 'Show the images', href: query(fields) })
const open = (site: SiteName) => ({ label: `Open ${site}`, href: `/sites/${encodeURIComponent(site)}` })

const RANK = { critical: 0, warning: 1, unknown: 2, suspended: 3 } as const

/**
 * What needs a hand, worst first. `before` gives each item its beginning: one that was there stays as old as it is.
 */
export function attention(input: AttentionInput, before: readonly Attention[], nowMs: number): Attention[] {
  const since = new Map(before.map((item) => [item.key, item.since]))
  const silenced = connectingItems(input.lanes, input.suspensions, nowMs)
  return [
    ...siteItems(input),
    ...hollowItems(input.hollow, silentSites(input)),
    ...verdictItems(input, silenced.images),
    ...cloudItems(input.clouds),
    ...laneItems(input, nowMs),
    ...scheduleItems(input),
    ...silenced.items,
    ...input.statements,
  ]
    .map((item) => ({ ...item, since: item.since ?? since.get(item.key) ?? nowMs }))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity])
}

const silentSites = ({ sites }: AttentionInput): ReadonlySet<SiteName> =>
  new Set(sites.filter(({ condition }) => condition === 'silent').map(({ name }) => name))

function siteItems({ sites, outages }: AttentionInput): Item[] {
  return sites.flatMap((site): Item[] => {
    const items: Item[] = []
    const add = (key: string, severity: Attention['severity'], title: string, detail: string, since?: number | null) =>
      items.push({ key: `${key}:${site.name}`, severity, title, detail, since, action: open(site.name) })
    if (site.condition === 'silent') {
      const detail = `Its figures stand as last read; what would be lost counts on. ${site.error}`.trim()
      add('silent', 'critical', `${site.name} does not answer`, detail, site.silentSince)
      const outage = outages.find((one) => one.site === site.name)
      if (outage !== undefined)
        items.push({ ...(items.pop() as Item), note: { ...outage, kind: 'acknowledged', at: outage.acknowledgedAt } })
    }
    if (site.condition === 'failing') add('failing', 'warning', `${site.name} cannot be read in full`, site.error)
    if (site.poolsWithoutDaemon.length > 0) {
      const pools = site.poolsWithoutDaemon.join(', ')
      add('daemon', 'critical', `No rbd-mirror runs at ${site.name}`, `Nothing is copied there in ${pools}`)
    }
    if (site.unpairedPools.length > 0) {
      const detail = `${site.unpairedPools.join(', ')}: the peer is not a site of antipode.yaml`
      add('unpaired', 'warning', `${site.name} is mirrored with a site that is not configured`, detail)
    }
    if (site.skewMs !== null && Math.abs(site.skewMs) > 1000) {
      const seconds = (Math.abs(site.skewMs) / 1000).toFixed(1)
      const detail = `${seconds} s ${site.skewMs > 0 ? 'ahead' : 'behind'}. Figures are corrected; logs and schedules are not`
      add('clock', 'warning', `The clock of ${site.name} is off`, detail)
    }
    return items
  })
}

const VERDICT_ITEMS: readonly (readonly [Verdict, Attention['severity'], string, string])[] = [
  ['two-primaries', 'critical', 'primary at both sites', 'Both copies may take writes; Ceph reports this as OK'],
  ['split-brain', 'critical', 'in split-brain', 'The two copies have gone separate ways; nothing is copied'],
  [
    'unprotected',
    'critical',
    'unprotected',
    'Promoted by force while their other site was lost: nothing copies what is written to them until a peer follows again',
  ],
  ['no-copy', 'critical', 'without a copy', 'Lost with their site'],
  ['error', 'critical', 'in error', 'rbd-mirror has given up on them'],
  ['both-secondary', 'warning', 'primary nowhere', 'Demoted at both sites: nobody can write'],
  ['stopped', 'warning', 'not followed', 'Their copies grow old'],
]

/**
 * `connecting`: of those not followed, the ones that a suspension explains. `apart`: kept on both sides on purpose, which
 * explains two histories and nothing else.
 */
function verdictItems(input: AttentionInput, connecting: number): Item[] {
  const { byVerdict, unknownNow, parentNotMirrored, tearingClones, apart } = input
  const items = VERDICT_ITEMS.flatMap(([verdict, severity, what, detail]): Item[] => {
    const explained =
      verdict === 'stopped'
        ? connecting
        : verdict === 'two-primaries' || verdict === 'split-brain'
          ? (apart[verdict] ?? 0)
          : 0
    const count = (byVerdict[verdict] ?? 0) - explained
    if (count <= 0) return []
    return [
      { key: `verdict:${verdict}`, severity, title: `${images(count)} ${what}`, detail, action: show({ verdict }) },
    ]
  })
  if (parentNotMirrored > 0) {
    const title = `${images(parentNotMirrored)} whose parent is not mirrored`
    const detail = 'A clone does not come back without its parent'
    items.push({ key: 'parents', severity: 'warning', title, detail, action: show({ parent: 'not-mirrored' }) })
  }
  if (tearingClones > 0) {
    // Ceph-facts 37: no status shows it, so all of them are meant.
    const title =
      tearingClones === 1
        ? '1 copy of a clone may be torn'
        : `${tearingClones.toLocaleString('en-US')} copies of clones may be torn`
    const detail =
      'In snapshot mode, around what is written to a clone, Ceph leaves zeros at the copy where the parent had data (tracker.ceph.com/issues/61891). Mirror clones by journal'
    items.push({
      key: 'clones',
      severity: 'critical',
      title,
      detail,
      action: show({ mode: 'snapshot', parent: 'any' }),
    })
  }
  if (unknownNow > 0) {
    const detail = 'A side has not been read, or not for too long'
    const title = `${images(unknownNow)} of which the state is not known`
    items.push({ key: 'verdict:unknown', severity: 'unknown', title, detail, action: show({ verdict: 'unknown' }) })
  }
  return items
}

const place = (lane: Lane): string => `${lane.tally.pair}/${lane.tally.pool}`

function laneItems({ lanes, suspensions }: AttentionInput, nowMs: number): Item[] {
  return lanes.flatMap((lane): Item[] => {
    const { from, to, pool, objectiveSec, images: total } = lane.tally
    const count = behind(lane, 'all', nowMs)
    if (count === 0) return []
    const title = `${pool}: ${images(count)} of ${total.toLocaleString('en-US')} behind objective`
    const objective =
      lane.tally.byObjective === undefined ? `${objectiveSec} s` : 'the objective of their volume type allows'
    const detail = `${from} to ${to}: more than ${objective} would be lost`
    const action = show({ behind: 'yes', pool: place(lane) })
    const key = `behind:${place(lane)}/${from}`
    const suspension = holdingFor(suspensions, lane.tally, nowMs)
    if (suspension === null) return [{ key, severity: 'warning', title, detail, action }]
    return [{ key, severity: 'suspended', title, detail, action, note: suspendedNote(suspension) }]
  })
}

function scheduleItems({ schedules }: AttentionInput): Item[] {
  return schedules.flatMap(({ lane, without, tight, tightestSec }): Item[] => {
    const { from, pool, objectiveSec } = lane.tally
    const items: Item[] = []
    if (without > 0) {
      const detail = `At ${from} nothing makes snapshots of them: the copies silently age`
      const title = `${pool}: ${images(without)} without a snapshot schedule`
      const action = show({ schedule: 'none', pool: place(lane) })
      items.push({ key: `schedule:${place(lane)}/${from}`, severity: 'warning', title, detail, action })
    }
    if (tight > 0 && tightestSec !== null && tooTight(objectiveSec, tightestSec)) {
      const detail = `A snapshot every ${tightestSec} s cannot keep ${objectiveSec} s: twice the interval is the least`
      const title = `${pool}: the objective is too tight for ${images(tight)}`
      const action = show({ pool: place(lane) })
      items.push({ key: `tight:${place(lane)}/${from}`, severity: 'warning', title, detail, action })
    }
    return items
  })
}
