import { describe, expect, test } from 'vitest'
import captured from './captures/descriptions.json'
import { statusDetail } from './description'

const EXPECTED: Readonly<Record<string, string>> = {
  'local image is primary': 'primary',
  'remote image demoted': 'remote-demoted',
  'remote image is not primary': 'remote-not-primary',
  'split-brain detected': 'split-brain',
  'split-brain': 'split-brain',
  'orphan (force promoting)': 'force-promoting',
  'resync requested': 'resync-requested',
  'status not found': 'not-reported',
  'bootstrapping, IMAGE_SYNC/COPY_IMAGE 18%': 'copying',
  stopped: 'other',
  'stopping replay': 'other',
  'starting replay': 'other',
}

describe('descriptions as the lab printed them', () => {
  test.each(captured)('$capture: $state $description', ({ description }) => {
    const kind = description.includes('"replay_state"')
      ? 'replaying-snapshot'
      : description.includes('"primary_position"')
        ? 'replaying-journal'
        : EXPECTED[description]
    expect(kind).toBeDefined()
    expect(statusDetail(description).kind).toBe(kind)
  })
})

describe('descriptions of other releases', () => {
  test.each([
    ['remote image is non-primary', 'remote-not-primary'],
    ['force promoted', 'force-promoting'],
    ['remote image no longer exists', 'remote-gone'],
    ['bootstrapping, IMAGE_SYNC/CREATE_SYNC_POINT', 'copying'],
    ['bootstrapping, IMAGE_SYNC/COPY_SNAPSHOTS', 'copying'],
    ['bootstrapping, OPEN_LOCAL_IMAGE', 'other'],
    ['local image linked to unknown peer', 'other'],
    ['incomplete local non-primary snapshot', 'other'],
    ['failed to unlink local peer from remote image', 'other'],
    ['error bootstrapping replay', 'other'],
    ['failed to refresh remote image', 'other'],
    ['no peer clusters', 'other'],
    ['replaying', 'other'],
    ['replaying, {"bytes_per_second":0.0', 'other'],
    ['', 'other'],
  ])('%s', (text, kind) => expect(statusDetail(text).kind).toBe(kind))
})

test('a journal copy tells both positions, the entries behind and the rate', () => {
  const text =
    'replaying, {"bytes_per_second":12.5,"entries_behind_primary":3,"entries_per_second":0.0,"non_primary_position":{"entry_tid":81,"object_number":1,"tag_tid":2},"primary_position":{"entry_tid":84,"object_number":0,"tag_tid":2}}'
  expect(statusDetail(text)).toEqual({
    kind: 'replaying-journal',
    primaryPosition: { tag: 2, entry: 84 },
    nonPrimaryPosition: { tag: 2, entry: 81 },
    entriesBehind: 3,
    bytesPerSecond: 12.5,
  })
})

test('a copy that has committed nothing yet has no position', () => {
  const text = captured.find(({ description }) => description.includes('"non_primary_position":{}'))?.description ?? ''
  expect(statusDetail(text)).toMatchObject({ nonPrimaryPosition: null, primaryPosition: { tag: 1, entry: 3 } })
})

test('seconds_until_synced of 1.16e19, as the lab printed it, spoils nothing', () => {
  const text = captured.find(({ description }) => description.includes('11601272640106397696'))?.description ?? ''
  expect(statusDetail(text)).toMatchObject({ kind: 'replaying-journal', entriesBehind: 161 })
})

test('a number that cannot be true is unknown, not zero', () => {
  expect(statusDetail('replaying, {"entries_behind_primary":11601272640106397696,"bytes_per_second":-1}')).toEqual({
    kind: 'replaying-journal',
    primaryPosition: null,
    nonPrimaryPosition: null,
    entriesBehind: null,
    bytesPerSecond: null,
  })
})

test('a snapshot copy tells its times in milliseconds', () => {
  const text = captured.find(({ description }) => description.includes('7733248'))?.description ?? ''
  expect(statusDetail(text)).toEqual({
    kind: 'replaying-snapshot',
    replayState: 'idle',
    remoteSnapshotAt: 1795229986000,
    localSnapshotAt: 1795229986000,
    syncingPercent: null,
    bytesPerSecond: 0,
  })
})

test('the first copy in snapshot mode has no local snapshot yet', () => {
  const text = captured.find(({ description }) => description.includes('"syncing_percent":27'))?.description ?? ''
  expect(statusDetail(text)).toMatchObject({ replayState: 'syncing', localSnapshotAt: null, syncingPercent: 27 })
})

test('the phase and the percentage of a first copy', () => {
  expect(statusDetail('bootstrapping, IMAGE_SYNC/COPY_IMAGE 18%')).toEqual({
    kind: 'copying',
    phase: 'COPY_IMAGE',
    percent: 18,
  })
  expect(statusDetail('bootstrapping, IMAGE_SYNC/COPY_SNAPSHOTS')).toMatchObject({
    phase: 'COPY_SNAPSHOTS',
    percent: null,
  })
})

test('the journal text of Jewel to Nautilus', () => {
  const text =
    'replaying, master_position=[object_number=3, tag_tid=1, entry_tid=7], mirror_position=[object_number=2, tag_tid=1, entry_tid=3], entries_behind_master=4'
  expect(statusDetail(text)).toEqual({
    kind: 'replaying-journal',
    primaryPosition: { tag: 1, entry: 7 },
    nonPrimaryPosition: { tag: 1, entry: 3 },
    entriesBehind: 4,
    bytesPerSecond: null,
  })
  const empty = 'replaying, master_position=[], mirror_position=[], entries_behind_master=0'
  expect(statusDetail(empty)).toMatchObject({ primaryPosition: null, nonPrimaryPosition: null, entriesBehind: 0 })
})
