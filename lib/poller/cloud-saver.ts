import { CLOUD_KINDS } from '@/lib/domain/cloud-age'
import type { Clock } from '@/lib/ports/clock'
import type { CloudReadingsTable, CloudsTable } from '@/lib/store/cloud-tables'
import { writeCloud } from '@/lib/store/cloud-write'
import type { Store } from '@/lib/store/database'
import { reportOf } from './cloud-report'
import { type CloudState, SMALL } from './cloud-state'
import type { PollerLog } from './site-context'
import type { World } from './world'

export interface CloudSaver {
  /** Says anew what follows from all readings, and writes what changed. One at a time. */
  save(volumes: 'volumes changed' | 'as they were'): Promise<void>
}

/** Writes how a cloud stands: its condition, its readings with their age, and what follows from them. */
export function cloudSaver(world: World, state: CloudState, store: Store, clock: Clock, log: PollerLog): CloudSaver {
  let written = ''
  let orphansWritten = state.orphans.join(' ')
  let busy: Promise<void> = Promise.resolve()

  const write = async (volumes: 'volumes changed' | 'as they were') => {
    const nowMs = clock.now()
    state.report = await reportOf(world, state, nowMs)
    const row = cloudRow(state)
    const gist = JSON.stringify([row.state, row.silent_since, row.error, row.report])
    const changed = CLOUD_KINDS.filter((kind) => state.readings[kind].changed)
    const orphans = state.orphans.join(' ')
    if (gist === written && changed.length === 0 && orphans === orphansWritten) return
    const readings = changed.map((kind) => readingRow(state, kind))
    const news = {
      cloud: row,
      readings,
      orphans: orphans === orphansWritten ? null : state.orphans,
      manyChanged: volumes === 'volumes changed',
    }
    for (const kind of changed) state.readings[kind].changed = false
    try {
      await writeCloud(store, state.site, news, nowMs)
      written = gist
      orphansWritten = orphans
    } catch (error) {
      log.warn({ site: state.site, error: String(error) }, 'what a cloud says could not be written; it is tried again')
      for (const kind of changed) state.readings[kind].changed = true
    }
  }

  return {
    save(volumes) {
      busy = busy.then(() => write(volumes))
      return busy
    },
  }
}

const cloudRow = (state: CloudState): CloudsTable => ({
  site: state.site,
  state: state.condition,
  last_ok_at: state.lastOkAt,
  silent_since: state.silentSince,
  error: state.error,
  report: state.report === null ? null : JSON.stringify(state.report),
})

function readingRow(state: CloudState, kind: (typeof CLOUD_KINDS)[number]): CloudReadingsTable {
  const { observedAt, tookMs, error, things } = state.readings[kind]
  const small = SMALL.find((one) => one === kind)
  return {
    site: state.site,
    kind,
    observed_at: observedAt,
    took_ms: tookMs,
    error,
    things,
    json: small === undefined ? null : JSON.stringify(state[small]),
  }
}
