import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { evolve } from './evolve'
import { genesis } from './genesis'
import { indexOfId } from './identity'
import type { ImageState, OpenClient } from './image-state'
import type { PoolSpec, Population, WorldSpec } from './spec'

export const poolKey = (pool: PoolSpec): string => `${pool.name}@${pool.sites.join('~')}`

/** Images that did not exist in the beginning have numbers from here on. */
export const MADE_LATER = 100_000_000

/** All images of a world: generated ones cost nothing until they are changed, changed ones are records. */
export class Images {
  readonly #byPool = new Map<PoolSpec, Map<string, ImageState>>()
  readonly #populations = new Map<PoolSpec, Population[]>()
  readonly #names = new Map<PoolSpec, readonly string[]>()

  constructor(readonly spec: WorldSpec) {
    for (const pool of spec.pools) {
      this.#populations.set(
        pool,
        spec.populations.filter(
          (p) => p.pool === pool.name && p.sites.every((s) => (pool.sites as readonly string[]).includes(s)),
        ),
      )
    }
  }

  /** The image as it was last changed, or as it was in the beginning; not worked out for any time. */
  record(conditions: Conditions, pool: PoolSpec, name: string): ImageState | null {
    const last = this.#last
    if (last !== null && last.conditions === conditions && last.pool === pool && last.name === name) return last.image
    const image = this.#made(conditions, pool, name)
    this.#last = { conditions, pool, name, image }
    return image
  }

  /** The record that was asked for last: what is asked of an image comes in twos and threes. */
  #last: { conditions: Conditions; pool: PoolSpec; name: string; image: ImageState | null } | null = null

  #made(conditions: Conditions, pool: PoolSpec, name: string): ImageState | null {
    const changed = this.#byPool.get(pool)?.get(name)
    if (changed !== undefined) return changed
    for (const population of this.#populations.get(pool) ?? []) {
      const index = population.indexOf(name)
      if (index !== null) return genesis(conditions, population.traitsOf(index))
    }
    return null
  }

  /** The image at `t`. */
  at(conditions: Conditions, pool: PoolSpec, name: string, t: number): ImageState | null {
    const record = this.record(conditions, pool, name)
    return record === null ? null : evolve(conditions, record, t)
  }

  put(pool: PoolSpec, image: ImageState): void {
    const inPool = this.#byPool.get(pool) ?? new Map<string, ImageState>()
    inPool.set(image.name, image)
    this.#byPool.set(pool, inPool)
    this.#last = null
    if (image.index >= MADE_LATER) this.#names.delete(pool)
  }

  /** The records of a pool's changed images. */
  changedIn(pool: PoolSpec): Iterable<ImageState> {
    return this.#byPool.get(pool)?.values() ?? []
  }

  /** Names of the pool's images, present at a site or not, as `rbd ls` sorts them. */
  names(pool: PoolSpec): readonly string[] {
    const known = this.#names.get(pool)
    if (known !== undefined) return known
    const all = new Set<string>()
    for (const population of this.#populations.get(pool) ?? []) {
      for (let i = 0; i < population.count; i++) all.add(population.nameOf(i))
    }
    for (const image of this.#byPool.get(pool)?.values() ?? []) if (image.index >= MADE_LATER) all.add(image.name)
    const names = [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    this.#names.set(pool, names)
    return names
  }

  /** The image of the pool that has this id at the site. */
  byId(conditions: Conditions, pool: PoolSpec, site: SiteName, id: string, t: number): ImageState | null {
    const index = indexOfId(conditions.seed, id)
    if (index >= MADE_LATER) {
      const made = [...this.changedIn(pool)].find((image) => image.index === index)
      const image = made === undefined ? null : this.at(conditions, pool, made.name, t)
      return image?.copies[site]?.id === id ? image : this.#renamed(conditions, pool, site, id, t)
    }
    const population = (this.#populations.get(pool) ?? []).find((p) => index >= p.offset && index < p.offset + p.count)
    if (population === undefined) return null
    const image = this.at(conditions, pool, population.nameOf(index - population.offset), t)
    return image?.copies[site]?.id === id ? image : this.#renamed(conditions, pool, site, id, t)
  }

  /** An image that was renamed kept its id, and its number is that of the name that it had. */
  #renamed(conditions: Conditions, pool: PoolSpec, site: SiteName, id: string, t: number): ImageState | null {
    const record = [...this.changedIn(pool)].find((image) => image.copies[site]?.id === id)
    return record === undefined ? null : this.at(conditions, pool, record.name, t)
  }

  /** Names, with their pools, of the images at the site that may be clones. */
  *clones(site: SiteName): Generator<{ readonly pool: PoolSpec; readonly name: string }> {
    for (const pool of this.spec.pools) {
      if (!(pool.sites as readonly string[]).includes(site)) continue
      const changed = this.#byPool.get(pool)
      for (const population of this.#populations.get(pool) ?? []) {
        for (const name of this.#bornAsClones(population)) if (changed?.has(name) !== true) yield { pool, name }
      }
      for (const image of changed?.values() ?? []) {
        if (Object.values(image.copies).some((copy) => copy.parent !== null)) yield { pool, name: image.name }
      }
    }
  }

  readonly #clones = new Map<Population, readonly string[]>()

  #bornAsClones(population: Population): readonly string[] {
    const known = this.#clones.get(population)
    if (known !== undefined) return known
    const names: string[] = []
    for (let i = 0; i < population.count; i++)
      if (population.traitsOf(i).parent !== null) names.push(population.nameOf(i))
    this.#clones.set(population, names)
    return names
  }

  /** Everybody who has an image of the site open, once each. */
  clients(
    conditions: Conditions,
    site: SiteName,
  ): readonly { readonly client: OpenClient; readonly image: ImageState }[] {
    const found: { client: OpenClient; image: ImageState }[] = []
    for (const pool of this.spec.pools) {
      if (!(pool.sites as readonly string[]).includes(site)) continue
      const changed = this.#byPool.get(pool)
      for (const population of this.#populations.get(pool) ?? []) {
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
