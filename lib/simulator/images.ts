import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { evolve } from './evolve'
import { genesis } from './genesis'
import type { ImageState, OpenClient } from './image-state'
import type { PoolSpec, Population, WorldSpec } from './spec'

export const poolKey = (pool: PoolSpec): string => `${pool.name}@${pool.sites.join('~')}`
const imageKey = (pool: PoolSpec, name: string): string => `${poolKey(pool)}/${name}`

/** All images of a world: generated ones cost nothing until they are changed, changed ones are records. */
export class Images {
  readonly #records = new Map<string, ImageState>()
  readonly #byPool = new Map<string, Map<string, ImageState>>()
  readonly #populations = new Map<string, Population[]>()
  readonly #names = new Map<string, readonly string[]>()

  constructor(readonly spec: WorldSpec) {
    for (const pool of spec.pools) {
      this.#populations.set(
        poolKey(pool),
        spec.populations.filter((p) => p.pool === pool.name && p.sites.every((s) => (pool.sites as readonly string[]).includes(s))),
      )
    }
  }

  /** The record or the beginning of an image, not worked out for any time. */
  #stored(conditions: Conditions, pool: PoolSpec, name: string): ImageState | null {
    const record = this.#records.get(imageKey(pool, name))
    if (record !== undefined) return record
    for (const population of this.#populations.get(poolKey(pool)) ?? []) {
      const index = population.indexOf(name)
      if (index !== null) return genesis(conditions, population.traitsOf(index))
    }
    return null
  }

  /** The image's record as it was last changed, with which `publish` works. Null where there never was one. */
  record(conditions: Conditions, pool: PoolSpec, name: string): ImageState | null {
    return this.#stored(conditions, pool, name)
  }

  /** The image at `t`. */
  at(conditions: Conditions, pool: PoolSpec, name: string, t: number): ImageState | null {
    const stored = this.#stored(conditions, pool, name)
    return stored === null ? null : evolve(conditions, stored, t)
  }

  put(pool: PoolSpec, image: ImageState): void {
    const key = poolKey(pool)
    this.#records.set(`${key}/${image.name}`, image)
    const inPool = this.#byPool.get(key) ?? new Map<string, ImageState>()
    inPool.set(image.name, image)
    this.#byPool.set(key, inPool)
  }

  /** All records, for compaction. */
  records(): IterableIterator<[string, ImageState]> {
    return this.#records.entries()
  }

  /** Names of the pool's images, present at a site or not, as `rbd ls` sorts them. */
  names(pool: PoolSpec): readonly string[] {
    const key = poolKey(pool)
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const names: string[] = []
    for (const population of this.#populations.get(key) ?? []) {
      for (let i = 0; i < population.count; i++) names.push(population.nameOf(i))
    }
    names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    this.#names.set(key, names)
    return names
  }

  /** Everybody who has an image of the site open, once each. */
  clients(conditions: Conditions, site: SiteName): readonly { readonly client: OpenClient; readonly image: ImageState }[] {
    const found: { client: OpenClient; image: ImageState }[] = []
    for (const pool of this.spec.pools) {
      if (!(pool.sites as readonly string[]).includes(site)) continue
      const changed = this.#byPool.get(poolKey(pool))
      for (const population of this.#populations.get(poolKey(pool)) ?? []) {
        for (const i of this.#open(population)) {
          if (changed?.has(population.nameOf(i)) === true) continue
          const image = genesis(conditions, population.traitsOf(i))
          for (const client of image.copies[site]?.clients ?? []) found.push({ client, image })
        }
      }
      for (const image of changed?.values() ?? []) {
        for (const client of image.copies[site]?.clients ?? []) found.push({ client, image })
      }
    }
    return found
  }

  readonly #opened = new Map<Population, readonly number[]>()

  /** Which images of a population somebody has open at the beginning: looked up once. */
  #open(population: Population): readonly number[] {
    const known = this.#opened.get(population)
    if (known !== undefined) return known
    const open: number[] = []
    for (let i = 0; i < population.count; i++) if (population.traitsOf(i).client !== null) open.push(i)
    this.#opened.set(population, open)
    return open
  }
}
