import type { SiteName } from '@/lib/domain/words'
import { bits, fraction, indexOfUuid, uuidAt } from './random'
import type { Population, Traits } from './spec'

/** How names are made of a uuid: Cinder's, Glance's and Nova's ways. */
const NAMES = {
  cinder: { of: (uuid: string) => `volume-${uuid}`, uuid: (name: string) => name.slice(7), head: 'volume-' },
  glance: { of: (uuid: string) => uuid, uuid: (name: string) => name, head: '' },
  nova: { of: (uuid: string) => `${uuid}_disk`, uuid: (name: string) => name.slice(0, 36), head: '' },
} as const

export interface Crowd {
  readonly pool: string
  readonly home: SiteName
  readonly copy: SiteName | null
  readonly count: number
  readonly offset: number
  readonly names: keyof typeof NAMES
  readonly seed: number
  /** What sets single images apart from the rest of the crowd. */
  readonly traits: (i: number, draw: (salt: number) => number) => Partial<Traits>
}

const GIB = 1_073_741_824

/** Many images that are drawn from a seed: none of them takes any memory until somebody changes it. */
export function crowd({ pool, home, copy, count, offset, names, seed, traits }: Crowd): Population {
  const how = NAMES[names]
  const nameOf = (i: number): string => how.of(uuidAt(seed, offset + 1, i))
  return {
    pool,
    sites: copy === null ? [home] : [home, copy],
    count,
    offset,
    nameOf,
    indexOf(name) {
      if (!name.startsWith(how.head)) return null
      const i = indexOfUuid(seed, offset + 1, how.uuid(name))
      return i >= 0 && i < count && nameOf(i) === name ? i : null
    },
    traitsOf(i) {
      const draw = (salt: number): number => fraction(seed, offset + i, salt)
      const sizes = [1, 2, 8, 10, 20, 40, 100, 250, 500]
      return {
        pool,
        name: nameOf(i),
        index: offset + i,
        home,
        copy,
        mode: draw(1) < 0.62 ? 'snapshot' : 'journal',
        sizeBytes: GIB * (sizes[bits(seed, offset + i, 2) % sizes.length] as number),
        // Most images write a little, some a lot, some nothing at all.
        writesPerSec: draw(3) < 0.25 ? 0 : Math.round(10 * Math.exp(draw(4) * 5)) / 100,
        parent: null,
        userSnapshot: null,
        client: null,
        trouble: null,
        ...traits(i, draw),
      }
    },
  }
}

/** A few images that are spelled out. */
export function handful(
  pool: string,
  offset: number,
  list: readonly Partial<Traits & { name: string }>[],
  common: Pick<Traits, 'home' | 'copy'>,
): Population {
  const all: Traits[] = list.map((one, i) => ({
    pool,
    name: `image-${i + 1}`,
    index: offset + i,
    mode: 'journal',
    sizeBytes: 64 * 1024 * 1024,
    writesPerSec: 0,
    parent: null,
    userSnapshot: null,
    client: null,
    trouble: null,
    ...common,
    ...one,
  }))
  const at = (i: number): Traits => {
    const one = all[i]
    if (one === undefined) throw new Error(`no image ${i} in ${pool}`)
    return one
  }
  return {
    pool,
    sites: common.copy === null ? [common.home] : [common.home, common.copy],
    count: all.length,
    offset,
    nameOf: (i) => at(i).name,
    indexOf(name) {
      const i = all.findIndex((one) => one.name === name)
      return i < 0 ? null : i
    },
    traitsOf: at,
  }
}
