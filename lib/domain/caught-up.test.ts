import { describe, expect, test } from 'vitest'
import { type Follower, goneOn, holdsSince, restOf } from './caught-up'
import { VERDICTS } from './verdict-words'

const RETURN = 1_000_000
const image = (more: Partial<Follower> = {}): Follower => ({
  key: 'k',
  name: 'volumes/db-1',
  mode: 'journal',
  verdict: 'following',
  verdictText: 'north replays the journal',
  primarySite: 'west',
  heldUntilAt: RETURN + 5_000,
  fresh: true,
  position: { tag: 1, entry: 90 },
  schedule: null,
  ...more,
})
const before = { key: 'k', fromSite: 'west', position: { tag: 1, entry: 50 } }

describe('what proves that replication has gone on', () => {
  test('a journal replayed past where it stood, to everything that was there after the return', () => {
    expect(goneOn(image(), before, RETURN)).toBe('gone-on')
  })

  test('a journal replayed further, but not to the return, proves nothing yet', () => {
    expect(goneOn(image({ heldUntilAt: RETURN - 1 }), before, RETURN)).toBe('waiting')
  })

  test('a journal in which nothing was written since is told apart: nothing has moved', () => {
    expect(goneOn(image({ position: { tag: 1, entry: 50 } }), before, RETURN)).toBe('nothing-new')
    expect(goneOn(image(), { ...before, position: null }, RETURN)).toBe('nothing-new')
  })

  test('a snapshot made after the return and complete at the copy', () => {
    const snapshot = image({ mode: 'snapshot', position: null, schedule: '1m' })
    expect(goneOn(snapshot, before, RETURN)).toBe('gone-on')
    expect(goneOn({ ...snapshot, heldUntilAt: RETURN - 1 }, before, RETURN)).toBe('waiting')
  })

  test('an image whose primary is at the other site now is no longer asked', () => {
    expect(goneOn(image({ primarySite: 'north' }), before, RETURN)).toBe('moved')
  })

  test.each(VERDICTS.filter((verdict) => verdict !== 'following'))(
    'nothing is proven of an image that is %s',
    (verdict) => {
      expect(goneOn(image({ verdict }), before, RETURN)).toBe('waiting')
    },
  )

  test('nothing is proven on old readings, nor of a copy of which nothing is known to be held', () => {
    expect(holdsSince(image({ fresh: false }), RETURN)).toBe(false)
    expect(holdsSince(image({ heldUntilAt: null }), RETURN)).toBe(false)
  })
})

describe('what is said of those that did not', () => {
  test('each has its reason and what helps', () => {
    expect(restOf(image({ heldUntilAt: 1 }), 'the return', 'north')).toMatchObject({
      why: 'the copy has not replayed the journal to the return',
      helps: expect.stringContaining('Restart rbd-mirror at north'),
    })
    expect(restOf(image({ mode: 'snapshot', schedule: '' }), 'the return', 'north').why).toContain(
      'no schedule makes one',
    )
  })

  test('of a split-brain it is said that it may be spurious, and a resync is not offered', () => {
    const { helps } = restOf(image({ verdict: 'split-brain' }), 'the return', 'north')
    expect(helps).toContain('may be spurious: restart rbd-mirror at north')
    expect(helps).not.toContain('resync')
  })
})
