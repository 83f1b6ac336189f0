import type { Generated } from 'kysely'

/** One row a commit that somebody may want to hear of. Pruned; a gap means: fetch again. */
export interface ChangesTable {
  seq: Generated<number>
  /** `site:NAME`, `pool:PAIR/POOL`, `runs`, `run:ID`, `audit`, `status`. */
  topic: string
  at: number
}

/** Who did what to what; each row carries the hash of the one before it. */
export interface AuditTable {
  seq: number
  at: number
  /** JSON of an Actor. */
  actor: string
  action: string
  /** What it was done to, `run:r-…` or `image:…`. */
  subject: string
  outcome: 'done' | 'refused'
  /** JSON, no secrets. */
  detail: string
  prev_hash: string
  hash: string
}

export interface RunsTable {
  id: string
  /** Given by the browser: a double click is one run. */
  request_id: string
  procedure: string
  title: string
  from_site: string
  to_site: string
  state: string
  /** Why it stands where it stands, in a sentence. */
  reason: string
  /** What the operator wants: go, pause, stop. */
  wish: string
  /** JSON of the immutable Plan, and its SHA-256: an approval is for that hash. */
  plan: string
  plan_hash: string
  /** JSON of the loss ledger, frozen before the click. */
  ledger: string
  /** JSON of what pre-flight found when it was started. */
  findings: string
  actor: string
  created_at: number
  started_at: number | null
  ended_at: number | null
  lease_owner: string | null
  /** JSON { host, pid, startTicks } of the worker that holds it. */
  lease_process: string | null
  lease_until: number
  /** Grows with each claim; every write of a worker names the one it holds. */
  fence: number
}

export interface RunStepsTable {
  run_id: string
  idx: number
  name: string
  title: string
  state: string
  reason: string
  started_at: number | null
  ended_at: number | null
}

export interface RunMembersTable {
  run_id: string
  idx: number
  /** `image:…`, later volume, server, daemon, hand; '' where the step has nothing but itself. */
  key: string
  /** JSON of the member as planned. */
  member: string
  family: string
  state: string
  reason: string
  /** The step that it is at. */
  step_idx: number
  /** JSON of what later steps need to know of earlier looks (snapshot ids, schedules). */
  memo: string
  updated_at: number
}

export interface AttemptsTable {
  id: string
  run_id: string
  step_idx: number
  member_idx: number
  number: number
  /** started (the intent), done, refused, failed, in-doubt. */
  state: string
  /** JSON argv as run, and the site. */
  argv: string
  site: string
  undo: number
  pid: number | null
  start_ticks: number | null
  intent_at: number
  ended_at: number | null
  exit: number | null
  stdout: string
  stderr: string
  /** What the second look saw. */
  proof: string
}

export interface RunLogTable {
  seq: Generated<number>
  run_id: string
  at: number
  step_idx: number | null
  member_idx: number | null
  level: 'info' | 'warn' | 'error'
  text: string
}

export interface FoundationTables {
  changes: ChangesTable
  audit: AuditTable
  runs: RunsTable
  run_steps: RunStepsTable
  run_members: RunMembersTable
  attempts: AttemptsTable
  run_log: RunLogTable
}
