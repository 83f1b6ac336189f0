import { expect, test } from 'vitest'
import { fenceVerdict, type Probe, writesEndAt } from './fencing'
import { FENCES, type Fence } from './plan'

const probe = (more: Partial<Probe>): Probe => ({ from: 'x', answered: false, tried: true, text: 't', ...more })
const silent = [probe({}), probe({})]
const fence = (kind: Fence['kind']): Fence => ({ kind, at: kind === 'not-proven' ? null : 5, note: '' })
const verdicts = (probes: readonly Probe[]) =>
  Object.fromEntries(FENCES.map((kind) => [kind, fenceVerdict(fence(kind), probes).kind]))

test('what two looks find silent may be given up, whatever is said of a fence', () => {
  expect(new Set(Object.values(verdicts(silent)))).toEqual(new Set(['silent']))
})

test('either look that is answered is enough to keep a site, whatever is said of it but a blocklist', () => {
  const all = {
    network: 'alive',
    blocklist: 'declared',
    'peer-key': 'alive',
    power: 'alive',
    'not-proven': 'alive',
  }
  expect(verdicts([probe({ answered: true }), probe({})])).toEqual(all)
  expect(verdicts([probe({}), probe({ answered: true })])).toEqual(all)
})

test('a host that refuses connections lives: its monitors are gone, its OSDs and clients need not be', () => {
  const refused = verdicts([probe({}), probe({ refused: true })])
  expect(refused).toMatchObject({
    ...{ power: 'alive', 'not-proven': 'unsure', network: 'declared', 'peer-key': 'declared', blocklist: 'declared' },
  })
})

test('what was declared against what was seen is refused in plain words, with the ways on', () => {
  const said = (kind: Fence['kind'], seen: Partial<Probe>) => {
    const verdict = fenceVerdict(fence(kind), [probe({ ...seen, text: 'volumes was read' }), probe({})])
    return 'reason' in verdict ? verdict.reason : verdict.evidence
  }
  expect(said('network', { answered: true })).toMatch(
    /volumes was read.*said to be cut off, and it was reached just now/,
  )
  expect(said('peer-key', { answered: true })).toContain('its own clients write on')
  expect(said('power', { refused: true })).toContain('put its clients on the blocklist')
  expect(said('blocklist', { answered: true })).toMatch(
    /^its clients are on the blocklist, as declared; .*volumes was read/,
  )
})

test('a look that could not be taken says nothing: then somebody has to fence it', () => {
  expect(verdicts([probe({}), probe({ tried: false })])).toMatchObject({ 'not-proven': 'unsure', power: 'silent' })
})

test('only power that is off ends the writes: clients inside a fence go on', () => {
  expect(FENCES.filter((kind) => writesEndAt(fence(kind)) !== null)).toEqual(['power'])
})
