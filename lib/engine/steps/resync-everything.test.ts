import { expect, test } from 'vitest'
import type { Lineage, MirrorSnapshot } from '@/lib/domain/lineage'
import { LOOK_MAX_MS } from '@/lib/domain/may-resync'
import type { MirrorRow, StatusDetail } from '@/lib/domain/mirror-status'
import type { ImageMember } from '@/lib/domain/plan'
import { known, type Reading, unknown } from '@/lib/domain/reading'
import type { ImageSpec, MirrorMode } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { Ties } from '@/lib/ports/evidence'
import type { FoundImage, MirrorPort } from '@/lib/ports/mirror'
import { asRecords } from '@/lib/procedures/prepare-parts'
import { compileResync } from '@/lib/procedures/resync'
import { look } from '../look'
import { contextOf } from '../step'
import { DARK, HEALTHY } from '../tiny-row'

/*
 * Everything that two sites can say of a copy, in every combination, put to the step that deletes it. An argv may come out
 * only where the peer answered in this same look as a whole primary that holds all of it.
 */

const ROLES = ['primary', 'non-primary', 'unread'] as const
const HISTORIES = ['contained', 'own', 'late', 'not-told'] as const
const COPY_SAYS = ['split-brain', 'replaying-journal', 'copying'] as const
const PRIMARY_SAYS = ['primary', 'copying', 'resync-requested'] as const
const SNAPSHOTS = ['none', 'at both', 'at the copy alone', 'not read'] as const
const IDS = ['as planned', 'another'] as const
const YES_NO = [true, false] as const

/** What may differ from image to image within one look. */
interface Case {
  readonly mode: MirrorMode
  readonly from: (typeof ROLES)[number]
  readonly to: (typeof ROLES)[number]
  readonly primarySays: (typeof PRIMARY_SAYS)[number]
  readonly copySays: (typeof COPY_SAYS)[number]
  readonly history: (typeof HISTORIES)[number]
  readonly clones: boolean | 'not read'
  readonly snapshots: (typeof SNAPSHOTS)[number]
  readonly globalId: (typeof IDS)[number]
  readonly copyId: (typeof IDS)[number]
  readonly flagged: boolean
}

/** What is the same for all of one look. */
interface Sites {
  /** West answers, and may be unable to give all its data. */
  readonly dark: boolean
  readonly fromAnswers: boolean
  readonly toAnswers: boolean
  readonly tookMs: number
}

const SITES: readonly Sites[] = [
  ...YES_NO.flatMap((fromAnswers) =>
    YES_NO.flatMap((toAnswers) =>
      [0, LOOK_MAX_MS + 1].map((tookMs) => ({ dark: false, fromAnswers, toAnswers, tookMs })),
    ),
  ),
  { dark: true, fromAnswers: true, toAnswers: true, tookMs: 0 },
]

const allowed = (one: Case, sites: Sites): boolean =>
  !sites.dark &&
  sites.fromAnswers &&
  sites.toAnswers &&
  sites.tookMs <= LOOK_MAX_MS &&
  one.from === 'primary' &&
  one.to === 'non-primary' &&
  one.primarySays === 'primary' &&
  one.copySays === 'split-brain' &&
  one.history === 'contained' &&
  one.clones === false &&
  (one.snapshots === 'none' || one.snapshots === 'at both') &&
  one.globalId === 'as planned' &&
  one.copyId === 'as planned' &&
  !one.flagged

function everything(mode: MirrorMode): Case[] {
  const all: Case[] = []
  for (const from of ROLES)
    for (const to of ROLES)
      for (const primarySays of PRIMARY_SAYS)
        for (const copySays of COPY_SAYS)
          for (const history of HISTORIES)
            for (const clones of [true, false, 'not read'] as const)
              for (const snapshots of SNAPSHOTS)
                for (const globalId of IDS)
                  for (const copyId of IDS)
                    for (const flagged of YES_NO)
                      all.push({
                        ...{ mode, from, to, primarySays, copySays, history, clones, snapshots },
                        ...{ globalId, copyId, flagged },
                      })
  return all
}

const snapshot = (id: number, role: MirrorSnapshot['role'], of?: number): MirrorSnapshot => ({
  ...{ id, role, complete: true, takenAt: id },
  ...{ primarySnapId: of ?? null, primaryMirrorUuid: of === undefined ? '' : 'uuid-west' },
})

type Site = 'west' | 'north'
const idAt = (one: Case, site: Site) => (site === 'north' && one.copyId === 'as planned' ? 'copy' : `other-${site}`)

function snapshotsAt(one: Case, site: Site): readonly MirrorSnapshot[] {
  if (one.mode === 'journal') return []
  if (site === 'west')
    return [snapshot(2, 'non-primary', 1), snapshot(3, one.from === 'primary' ? 'primary' : 'primary-demoted')]
  const held = {
    contained: [snapshot(5, 'non-primary', 3)],
    own: [snapshot(6, 'primary-demoted')],
    late: [snapshot(5, 'non-primary', 4)],
    'not-told': [],
  }
  return held[one.history]
}

function lineage(one: Case, spec: ImageSpec, site: Site): Reading<Lineage> {
  const role = site === 'west' ? one.from : one.to
  if (role === 'unread') return unknown('its OSDs peer')
  const at = { tag: 2, entry: 0 }
  const reader = { contained: at, own: { tag: 1, entry: 4 }, late: at, 'not-told': null }[one.history]
  const filled = one.history === 'late' ? null : 'other-west'
  const journal: Lineage['journal'] = {
    clients: [
      { id: '', state: 'connected', position: at },
      { id: 'uuid-west', state: 'connected', position: reader, filled },
    ],
    newestTag: { id: 2, mirrorUuid: role === 'primary' ? '' : '<orphan>', before: '' },
    tail: at,
  }
  const value: Lineage = {
    ...{ spec, mode: one.mode, role, sizeBytes: 1, parent: null, imageId: idAt(one, site) },
    globalId: one.globalId === 'as planned' ? `g-${spec.name}` : `other-${site}`,
    snapshots: snapshotsAt(one, site),
    journal: one.mode === 'snapshot' ? null : journal,
  }
  return known(value, 0)
}

function rows(cases: readonly Case[], site: Site): MirrorRow[] {
  return cases.flatMap((one, index): MirrorRow[] => {
    const says = site === 'west' ? one.primarySays : one.copySays
    const role = site === 'west' ? one.from : one.to
    if (role === 'unread') return []
    const detail = { kind: says } as StatusDetail
    const local = { up: true, state: 'error' as const, description: says, detail, lastUpdateAt: 1 }
    const names = { name: `${index}`, imageId: 'x', globalId: `g-${index}` }
    return [{ ...names, mode: one.mode, role, state: 'enabled', local, remote: [] }]
  })
}

function found(one: Case, site: Site): Reading<FoundImage> {
  if (one.snapshots === 'not read') return unknown('in the middle of a removal')
  const both = one.snapshots === 'at both' || (one.snapshots === 'at the copy alone' && site === 'north')
  return known(
    { kind: 'there', imageId: idAt(one, site), globalId: 'g', snapshots: both ? ['s'] : [], features: [] },
    0,
  )
}

const ties = (one: Case, site: Site): Reading<Ties> =>
  one.clones === 'not read'
    ? unknown('no answer')
    : known(
        { imageId: idAt(one, site), children: one.clones ? ['volumes/clone'] : [], resyncRequested: one.flagged },
        0,
      )

function port(cases: readonly Case[], site: Site, sites: Sites, clock: { at: number }): MirrorPort {
  const answers = site === 'west' ? sites.fromAnswers : sites.toAnswers
  const say = async <T>(value: () => T): Promise<T> => {
    clock.at = sites.tookMs
    if (!answers) throw new AdapterError('unreachable', site, 'look', 'no answer')
    return value()
  }
  const of = <T>(specs: readonly ImageSpec[], answer: (one: Case, spec: ImageSpec) => T) =>
    say(() => specs.map((spec) => answer(cases[Number(spec.name)] as Case, spec)))
  const asked = {
    lineages: (specs: readonly ImageSpec[]) => of(specs, (one, spec) => lineage(one, spec, site)),
    statuses: (pool: string) => say(() => ({ pool, observedAt: 0, rows: rows(cases, site) })),
    found: (specs: readonly ImageSpec[]) => of(specs, (one) => found(one, site)),
    dataHealth: () => say(() => (sites.dark ? DARK : HEALTHY)),
    poolMirroring: () => say(() => ({ peers: [{ mirrorUuid: 'uuid-west' }] })),
    evidence: { ties: (specs: readonly ImageSpec[]) => of(specs, (one) => ties(one, site)) },
  }
  return asked as unknown as MirrorPort
}

const memberOf = (mode: MirrorMode, name: string): ImageMember => ({
  ...{ kind: 'image', key: name, image: { pool: 'volumes', namespace: '', name }, globalId: `g-${name}` },
  ...{ family: name, generation: 0, outsideParent: null, mode, sizeBytes: 1, copyId: 'copy' },
})

test.each(['journal', 'snapshot'] as const)(
  'nothing is ever resynced unless its peer is proven primary, reachable and whole in that same look: %s mode',
  { timeout: 120_000 },
  async (mode) => {
    const cases = everything(mode)
    const images = cases.map((_, index) => memberOf(mode, `${index}`))
    const options = { allOrNothing: false, clients: 'wait' } as const
    const plan = compileResync({ from: 'west', to: 'north', options, images })
    const wrong: unknown[] = []
    let resynced = 0
    for (const sites of SITES) {
      const clock = { at: 0 }
      const looks = await look(
        'resync',
        asRecords(images),
        contextOf(plan, {
          clock: { now: () => clock.at, sleep: async () => {} },
          mirror: (site) => port(cases, site as Site, sites, clock),
        }),
      )
      for (const [index, one] of cases.entries()) {
        const goes = looks[index]?.kind === 'ready'
        if (goes) resynced++
        if (goes !== allowed(one, sites)) wrong.push({ ...one, ...sites, seen: looks[index] })
      }
    }
    expect(wrong.slice(0, 3)).toEqual([])
    expect({ tried: cases.length * SITES.length, resynced }).toEqual({
      tried: 3 ** 5 * 4 ** 2 * 2 ** 3 * 9,
      resynced: 2,
    })
  },
)
