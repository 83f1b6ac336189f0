import type { Item } from './attention'
import type { BackendReport, CloudReport } from './cloud-report'
import { type GroupNews, groupItems } from './group-items'
import type { SiteName } from './words'

/** A cloud as the list of what needs a hand sees it. */
export interface CloudView {
  readonly site: SiteName
  readonly condition: 'new' | 'ok' | 'failing' | 'silent'
  readonly silentSince: number | null
  readonly error: string
  /** Null before the first reading. */
  readonly report: CloudReport | null
  readonly groups: readonly GroupNews[]
}

const volumes = (count: number): string => (count === 1 ? '1 volume' : `${count.toLocaleString('en-US')} volumes`)

const open = (site: SiteName) => ({ label: 'Open Cinder', href: `/sites/${encodeURIComponent(site)}#cinder` })

/** What of clouds needs a hand: it is silent, a failover would go wrong, or somebody has changed a backend. */
export const cloudItems = (clouds: readonly CloudView[]): Item[] =>
  clouds.flatMap((cloud) => [
    ...conditionItems(cloud),
    ...(cloud.report?.backends ?? []).flatMap((backend) => backendItems(cloud.site, backend)),
    ...typeItems(cloud),
    ...groupItems(cloud.groups),
  ])

function conditionItems({ site, condition, silentSince, error }: CloudView): Item[] {
  const action = open(site)
  if (condition === 'silent') {
    const title = `The cloud at ${site} does not answer`
    const detail = `Volumes and servers stand as last read; mirroring does not depend on it. ${error}`.trim()
    return [{ key: `cloud-silent:${site}`, severity: 'warning', title, detail, since: silentSince, action }]
  }
  if (condition !== 'failing') return []
  const title = `The cloud at ${site} cannot be read in full`
  return [{ key: `cloud-failing:${site}`, severity: 'warning', title, detail: error, action }]
}

function backendItems(site: SiteName, { service, place, notes, ghosts, facts }: BackendReport): Item[] {
  const { host } = service
  const action = open(site)
  const items: Item[] = []
  const add = (key: string, severity: Item['severity'], title: string, detail: string) =>
    items.push({ key: `${key}:${site}/${host}`, severity, title, detail, action })
  const [ghost] = ghosts.list
  if (ghost !== undefined) {
    const title = `${host}: ${volumes(ghosts.count)} would make a failover go wrong`
    const detail = `Cinder would promote their neighbours by force while they are primary, and report success. First ${ghost.name || ghost.volumeId}: ${ghost.reasons[0]}`
    add('ghosts', 'critical', title, detail)
  }
  const failed = facts.filter(({ state }) => state === 'fail')
  if (failed.length > 0) {
    const detail = failed.map(({ title, evidence }) => `${title}: ${evidence}`).join('; ')
    add('replication', 'critical', `${host}: its replication is not set up right`, detail)
  }
  if (place.failedOverTo !== null) {
    add('failed-over', 'warning', `${host} is failed over`, `${place.text}. The way back is a failover to default`)
  }
  for (const { kind, text } of notes) {
    // Cinder disables what it fails over: that is one piece of news.
    if (kind === 'disabled' && place.failedOverTo !== null && service.disabledReason === 'failed-over') continue
    add(kind, 'warning', `${host}: ${NOTE_WORDS[kind]}`, text)
  }
  return items
}

const NOTE_WORDS = {
  down: 'cinder-volume does not report',
  replication: 'its replication status is not as it should be',
  frozen: 'frozen',
  disabled: 'disabled',
  'backend-down': 'its cluster is out of reach',
} as const

function typeItems({ site, report }: CloudView): Item[] {
  if (report === null || report.badTypes.length === 0) return []
  const title = 'A volume type has an objective that cannot be read'
  return [{ key: `types:${site}`, severity: 'warning', title, detail: report.badTypes.join('. '), action: open(site) }]
}
