import type { Config } from '@/lib/config/config'
import { CLOUD_KINDS } from '@/lib/domain/cloud-age'
import type { CloudReadingsTable } from '@/lib/store/cloud-tables'
import type { Store } from '@/lib/store/database'
import {
  CloudIdentitySchema,
  type CloudReadingView,
  CloudReportSchema,
  type CloudsView,
  type CloudView,
} from '@/lib/views/cloud'
import { cloudSites } from './cloud-sites'
import { parsed } from './stored-json'

const STATES = ['new', 'ok', 'failing', 'silent'] as const

/** Every configured cloud with what was read of it and what follows from that; no volume by itself. */
export async function readClouds(store: Store, config: Config, now: number): Promise<CloudsView> {
  const [sites, rows, readings] = await Promise.all([
    cloudSites(store, config),
    store.selectFrom('clouds').selectAll().execute(),
    store.selectFrom('cloud_readings').selectAll().execute(),
  ])
  return {
    now,
    clouds: sites.map((site): CloudView => {
      const row = rows.find((one) => one.site === site)
      const mine = readings.filter((one) => one.site === site)
      const report = parsed(CloudReportSchema, row?.report ?? null)
      return {
        site,
        state: STATES.find((state) => state === row?.state) ?? 'new',
        lastOkAt: row?.last_ok_at ?? null,
        silentSince: row?.silent_since ?? null,
        error: row?.error ?? '',
        readings: mine.flatMap(readingView),
        identity: parsed(CloudIdentitySchema, jsonOf(mine, 'identity')),
        tenants: tenantsOf(report, jsonOf(mine, 'projects')),
        report,
      }
    }),
  }
}

const jsonOf = (readings: readonly CloudReadingsTable[], kind: string): string | null =>
  readings.find((one) => one.kind === kind)?.json ?? null

function readingView(row: CloudReadingsTable): CloudReadingView[] {
  const kind = CLOUD_KINDS.find((one) => one === row.kind)
  if (kind === undefined) return []
  return [{ kind, observedAt: row.observed_at, tookMs: row.took_ms, error: row.error, things: row.things }]
}

function tenantsOf(report: CloudView['report'], json: string | null): Record<string, string> {
  if (report === null || json === null) return {}
  const named = report.backends.flatMap(({ ghosts, spoiled }) => [...ghosts.list, ...spoiled.list])
  const wanted = new Set(named.map(({ projectId }) => projectId))
  const projects = JSON.parse(json) as { readonly id: string; readonly name: string }[]
  return Object.fromEntries(projects.filter(({ id }) => wanted.has(id)).map(({ id, name }) => [id, name]))
}
