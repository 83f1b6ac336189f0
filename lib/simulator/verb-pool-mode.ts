import type { Desk, Placed } from './desk'
import { standing } from './image-state'
import { foundPool, poolMode } from './look-up'
import { disable, enable } from './mirroring'
import { librbd, type Outcome, refused, said } from './outcome'
import { peersOf, siteNameOf } from './peering'
import { uuidAt } from './random'
import type { PoolSpec } from './spec'
import { named } from './verb-peer'

type Mode = 'disabled' | 'image' | 'pool'

const withMode = (desk: Desk, pool: PoolSpec, mode: Mode): void =>
  desk.change({
    poolMirroring: { ...desk.conditions.state.poolMirroring, [`${desk.site}/${pool.name}`]: mode },
  })

/** The pool's images at the site as they are now. */
function* imagesOf(desk: Desk, pool: PoolSpec) {
  for (const name of desk.images.names(pool)) {
    const image = desk.image(pool, name)
    const copy = image?.copies[desk.site]
    if (image != null && copy !== undefined) yield { image, copy }
  }
}

/** `rbd mirror pool enable [--site-name NAME] POOL MODE`. */
export function poolEnable(desk: Desk): Outcome {
  const mode = desk.rest[1]
  if (mode !== 'image' && mode !== 'pool') return refused(22, "rbd: must specify 'image' or 'pool' mode.\n")
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  const before = poolMode(desk, pool)
  const name = desk.args.options['site-name']
  const asItWas = before === mode && (name === undefined || name === siteNameOf(desk.conditions, desk.site))
  if (asItWas) return said(`rbd: mirroring is already configured for ${mode} mode\n`)
  named(desk)
  if (before === mode) return said('')
  withMode(desk, pool, mode)
  if (mode === 'pool') desk.commitTogether(enabledByJournal(desk, pool))
  return said(before === 'disabled' ? '' : `note: changing mirroring mode from ${before} to ${mode}\n`)
}

/** In mode `pool` an image is mirrored where it has a journal, and not otherwise. */
export function enabledByJournal(desk: Desk, pool: PoolSpec): readonly Placed[] {
  const changed: Placed[] = []
  for (const { image, copy } of imagesOf(desk, pool)) {
    if (copy.mode !== null || !copy.journaling) continue
    const number = desk.next()
    const ids = { turnId: `t${number}`, globalId: uuidAt(desk.conditions.seed, 43, number) }
    const outcome = enable(desk.conditions, image, desk.site, { mode: 'journal', parentMirrored: null, ...ids })
    if (outcome.changed !== null) changed.push({ pool, image: outcome.changed })
  }
  return changed
}

/** `rbd mirror pool disable`. In mode `pool` it ends the mirroring of all images; in mode `image` it wants that done. */
export function poolDisable(desk: Desk): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  const mode = poolMode(desk, pool)
  if (mode === 'disabled') return said('rbd: mirroring is already disabled\n')
  const no = (exit: number, text: string) => refused(exit, `${librbd(desk.now, 'api::Mirror', `mode_set: ${text}`)}\n`)
  if (peersOf(desk.conditions, desk.site, pool).length > 0) return no(16, 'mirror peers still registered')
  const mirrored = [...imagesOf(desk, pool)].filter(({ copy }) => copy.mode !== null)
  if (mode === 'image' && mirrored.length > 0) {
    return no(22, 'failed to disable mirror mode: there are still images with mirroring enabled')
  }
  const ended = mirrored.filter(({ copy }) => standing(copy) === 'primary')
  desk.commitTogether(
    ended.flatMap(({ image }) => {
      const { changed } = disable(desk.conditions, image, desk.site, 'plain')
      return changed === null ? [] : [{ pool, image: changed }]
    }),
  )
  withMode(desk, pool, 'disabled')
  return said('')
}
