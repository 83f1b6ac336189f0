import { beforeEach, expect, test } from 'vitest'
import type { ImageMember, Ledger } from '@/lib/domain/plan'
import type { MemberState } from '@/lib/domain/run-states'
import { planHash } from '@/lib/procedures/plan-hash'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { insertRun } from '@/lib/store/runs-write'
import { RunDetail, RunsPage } from '@/lib/views/runs'
import { readRuns } from './runs'
import { readRun } from './runs-detail'
import { readScript } from './runs-script'

const AT = 1_800_000_000_000
const ID = 'r-1'
const [DEMOTE, PROVE, PROMOTE] = [3, 4, 5]
const DEMOTED = '{"did:demote":true}'
const PROMOTED = '{"did:demote":true,"did:promote":true}'

const image = (name: string, family = name): ImageMember => ({
  kind: 'image',
  key: `a~b/volumes//${name}`,
  image: { pool: 'volumes', namespace: '', name },
  globalId: name,
  mode: 'journal',
  family,
  generation: family === name ? 0 : 1,
  outsideParent: null,
  sizeBytes: null,
})

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  const plan = compilePlannedFailover({
    from: 'a',
    to: 'b',
    options: { allOrNothing: false, clients: 'wait' },
    images: [image('i1'), image('i2', 'i1'), image('i3'), image('i4')],
    schedules: [],
    wholePools: new Set(),
  })
  const ledger: Ledger = { at: AT, rows: [], setAside: [{ key: 'k', name: 'volumes/i9', reason: 'split-brain at b' }] }
  const actor = { kind: 'person', name: 'ann', address: 'loopback' } as const
  await store.transaction().execute((tx) =>
    insertRun(tx, {
      id: ID,
      requestId: crypto.randomUUID(),
      title: 'Fail over 4 images from a to b',
      plan,
      planHash: planHash(plan),
      ledger,
      findings: [],
      actor,
      at: AT,
    }),
  )
  return () => store.destroy()
})

/** Member 0 is "both sites", 1 to 4 are the images. */
const stands = (idx: number, state: MemberState, step: number, more: { reason?: string; memo?: string } = {}) =>
  store
    .updateTable('run_members')
    .set({ state, step_idx: step, reason: more.reason ?? '', memo: more.memo ?? '{}' })
    .where('run_id', '=', ID)
    .where('idx', '=', idx)
    .execute()

const shown = (site: string, argv: readonly string[]) => [argv[0] ?? '', '--cluster', site, ...argv.slice(1)]
const look = (step: number | null = null) => readRun(store, { runId: ID, step, find: '' }, 1_800, shown, AT + 60_000)

test('those that need a hand come first, then who is at work, then who is through', async () => {
  await stands(0, 'done', 11)
  await stands(1, 'pending', PROMOTE, { memo: DEMOTED })
  await stands(2, 'held', DEMOTE, { reason: 'stopped with volumes/i3' })
  await stands(3, 'failed', DEMOTE, { reason: 'exit 30' })
  await stands(4, 'waiting', PROVE, { memo: DEMOTED })
  const detail = RunDetail.parse(await look())
  expect(detail.shownStep).toBe(PROVE)
  expect(detail.members.map(({ name }) => name)).toEqual(['volumes/i3', 'volumes/i2', 'volumes/i4', 'volumes/i1'])
  expect(detail.undecided).toEqual([2, 3])
  expect(detail.steps[PROVE]?.tally).toMatchObject({ past: 1, waiting: 1, stopped: 2, notYet: 0 })
})

test('what a stop would take back is counted by what this run did', async () => {
  await stands(1, 'pending', PROMOTE + 1, { memo: PROMOTED })
  await stands(2, 'pending', PROVE, { memo: DEMOTED })
  await stands(3, 'failed', PROVE, { memo: '{"did:demote":true,"undoBlocked":true}' })
  await stands(4, 'undone', PROVE, { memo: '{"did:demote":false}' })
  expect((await look()).standing).toEqual({ untouched: 1, demoted: 1, promoted: 1, stranded: 1, inDoubt: 0 })
})

test('a step shows the commands that are still to run, and says of one without any that it only looks', async () => {
  const demote = await look(DEMOTE)
  expect(demote.planned.map(({ line }) => line)).toContain('rbd --cluster a mirror image demote volumes/i1')
  expect([demote.plannedTotal, demote.looksOnly]).toEqual([4, false])
  expect(await look(PROVE)).toMatchObject({ plannedTotal: 0, looksOnly: true })
})

test('the list counts images alone, and the live run says at which step it is', async () => {
  await stands(0, 'done', 11)
  await stands(1, 'done', 11)
  for (const idx of [2, 3]) await stands(idx, 'waiting', PROVE)
  await stands(4, 'set-aside', DEMOTE)
  const page = RunsPage.parse(await readRuns(store, 100, AT))
  expect(page).toMatchObject({ live: 1, total: 1 })
  expect(page.rows[0]).toMatchObject({ images: 4, done: 1, setAside: 1, stopped: 0, stepIdx: PROVE, actor: 'ann' })
})

test('the script marks what is done, leaves out what is set aside, and warns of what may still run', async () => {
  await stands(1, 'pending', PROVE, { memo: DEMOTED })
  await stands(3, 'set-aside', DEMOTE, { reason: 'the owner\nwants it to stay' })
  await stands(4, 'in-doubt', DEMOTE)
  await store
    .insertInto('attempts')
    .values({
      id: 'at-1',
      run_id: ID,
      step_idx: DEMOTE,
      member_idx: 4,
      number: 1,
      state: 'in-doubt',
      argv: '["rbd","mirror","image","demote","volumes/i4"]',
      site: 'a',
      undo: 0,
      intent_at: AT,
      stdout: '',
      stderr: '',
      proof: '',
    })
    .execute()
  const script = await readScript(store, ID, shown, AT)
  expect(script.startsWith('#!/bin/sh\n')).toBe(true)
  expect(script).toContain('# done  volumes/i1: rbd --cluster a mirror image demote volumes/i1')
  expect(script).toContain('# Set aside, not in this script: volumes/i3: the owner wants it to stay')
  expect(script).toContain('# IN DOUBT, look before you run it again: volumes/i4 at a')
  const commands = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(commands.some((line) => line.includes('volumes/i3'))).toBe(false)
})

test('a run that nobody holds says so, and so does one whose lease ran out', async () => {
  expect((await look()).run.heldBy).toBeNull()
  const holder = { lease_owner: 'w', lease_process: '{"host":"h1","pid":7,"startTicks":1}' }
  await store
    .updateTable('runs')
    .set({ ...holder, lease_until: AT + 90_000 })
    .execute()
  expect((await look()).run.heldBy).toBe('worker 7 on h1')
  await store.updateTable('runs').set({ lease_until: AT }).execute()
  expect((await look()).run.heldBy).toBeNull()
})

test('a run that is not there is refused by name', async () => {
  await expect(readRun(store, { runId: 'r-9', step: null, find: '' }, 1, shown, AT)).rejects.toThrow(
    'there is no run r-9',
  )
})
