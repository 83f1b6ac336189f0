import { expect, test } from 'vitest'
import type { OutageView, RoomForecastView, SuspensionView } from './statements'
import { outageLength, outageProgressText, placeText, roomText, suspensionProgressText } from './suspension-words'

const HOUR = 3600_000
const NOW = Date.UTC(2026, 10, 21, 12)
const GIB = 2 ** 30
const place = { site: 'west', pool: 'volumes', availableBytes: 10 * GIB, journalBytes: null }

test('the room of a pool is an estimate with what it rests on, or not known and why', () => {
  const filling: RoomForecastView = {
    ...{ ...place, journalBytes: GIB, kind: 'filling', bytesPerSec: GIB / 3600, journalBytesPerSec: GIB / 7200 },
    ...{ fullAt: NOW + 10 * HOUR, overMs: HOUR },
  }
  expect(roomText(filling, NOW)).toBe(
    'volumes at west, 10 GiB free: at 1 GiB an hour, journals 512 MiB of it at most, as in the last 1 h, it is full in 10 h (estimate); its journals keep 1 GiB at most',
  )
  const unknown: RoomForecastView = { ...place, kind: 'unknown', reason: 'its room is being measured' }
  expect(roomText(unknown, NOW)).toBe(
    'volumes at west, 10 GiB free: when it is full is not known, its room is being measured',
  )
  expect(roomText({ ...place, kind: 'steady', overMs: 600_000 }, NOW)).toContain(
    'its room has not shrunk in the last 10 min',
  )
})

const suspension = (more: Partial<SuspensionView>): SuspensionView => ({
  ...{ id: 's', pair: 'north~west', from: null, pools: [], reason: 'fibre', by: 'Anna', createdAt: NOW - HOUR },
  ...{ startsAt: NOW - HOUR, endsAt: NOW + HOUR, endedAt: null, closedAt: null, ended: null, closed: null },
  ...{ extensions: [], progress: null },
  ...more,
})
const progress = { at: NOW, images: 40, behind: 12, caughtUp: 0, aside: 4, rest: [], room: [] }

test('a suspension says what is behind while it holds, and what has caught up once it is over', () => {
  expect(placeText(suspension({}))).toBe('north ⇄ west, all pools')
  expect(placeText(suspension({ from: 'west', pools: ['vms'] }))).toBe('west → north, vms')
  expect(suspensionProgressText(suspension({ startsAt: NOW + 1 }), NOW)).toBe('It begins at 12:00 UTC.')
  expect(suspensionProgressText(suspension({ progress }), NOW)).toBe(
    '40 images concerned. 12 behind their objective; what would be lost counts on. 4 images had come apart before, and alarm on their own.',
  )
  expect(
    suspensionProgressText(suspension({ endsAt: NOW - 1, progress: { ...progress, caughtUp: 7 } }), NOW),
  ).toContain('7 of 40 images proven to have caught up.')
})

test('an outage says how long it lasted and what was proven, with what did not move told apart', () => {
  const outage: OutageView = {
    ...{ id: 'o', site: 'west', reason: 'power', by: 'Anna', acknowledgedAt: NOW - HOUR, lastHeardAt: NOW - 2 * HOUR },
    ...{ expectedAt: null, returnedAt: NOW, closed: null },
    progress: { at: NOW, images: 40, goneOn: 30, nothingNew: 6, moved: 1, gone: 0, aside: 0, rest: [], room: [] },
  }
  expect(outageLength(outage, NOW + HOUR)).toBe('2 h')
  expect(outageProgressText(outage)).toBe(
    'Replication is proven to have gone on for 30 of 40 images; 6 hold everything there is, but nothing was written to them since, so nothing was seen to move; 1 is primary at the other site now.',
  )
  expect(outageProgressText({ ...outage, returnedAt: null })).toBe('west is silent. What would be lost counts on.')
})
