import { demote, mirrorSnapshot } from './demote'
import { type Desk, specOf, wantsJson } from './desk'
import { type Found, foundImage, isFound, noSuchPool, poolMode } from './look-up'
import { disable, enable, resync } from './mirroring'
import { librbd, noSuchImage, notEnabled, type Outcome, refused, said } from './outcome'
import { promote } from './promote'
import { uuidAt } from './random'
import { imageStatus, mgrSilence, statusText } from './status-json'

const forced = (desk: Desk): 'plain' | 'force' => (desk.args.flags.has('force') ? 'force' : 'plain')

/** Does to the image what `act` says, and stores it. */
function changing(desk: Desk, act: (found: { image: Parameters<typeof resync>[0] }) => Outcome): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const outcome = act(found)
  if (outcome.changed !== null) desk.commit(found.pool, outcome.changed)
  return outcome
}

export const imagePromote = (desk: Desk): Outcome =>
  changing(desk, ({ image }) => promote(desk.conditions, image, desk.site, `t${desk.next()}`, forced(desk)))

export const imageDemote = (desk: Desk): Outcome =>
  changing(desk, ({ image }) => demote(desk.conditions, image, desk.site))

export const imageResync = (desk: Desk): Outcome => changing(desk, ({ image }) => resync(image, desk.site))

export const imageSnapshot = (desk: Desk): Outcome =>
  changing(desk, ({ image }) => mirrorSnapshot(desk.conditions, image, desk.site))

export function imageDisable(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const no = (exit: number, why: string) => refused(exit, librbd(desk.now, 'api::Mirror', `image_disable: ${why}`))
  if (poolMode(desk, found.pool) === 'pool')
    return no(22, 'cannot disable mirroring in the current pool mirroring mode')
  if (found.copy.mode !== null && hasMirroredClone(desk, found)) {
    return no(16, 'mirroring is enabled on one or more children ')
  }
  return changing(desk, ({ image }) => disable(desk.conditions, image, desk.site, forced(desk)))
}

/** Is a clone of the image mirrored at this site? Its parent then has to be. */
function hasMirroredClone(desk: Desk, parent: Found): boolean {
  for (const { pool, name } of desk.images.clones(desk.site)) {
    const copy = desk.image(pool, name)?.copies[desk.site]
    if (copy?.mode == null || copy.parent?.name !== parent.image.name) continue
    if (copy.parent.pool === parent.pool.name) return true
  }
  return false
}

export function imageEnable(desk: Desk): Outcome {
  const spec = specOf(desk)
  if (spec === null) return refused(22, 'rbd: image name was not specified\n')
  const pool = desk.pool(spec.pool)
  if (pool === null) return noSuchPool(spec.pool)
  const mode = desk.rest[1] ?? 'journal'
  if (mode !== 'journal' && mode !== 'snapshot') {
    return refused(22, `rbd: invalid mirror image mode '${mode}'\n`)
  }
  if (desk.image(pool, spec.name)?.copies[desk.site] === undefined) return noSuchImage(spec.name)
  if (poolMode(desk, pool) === 'pool') {
    const why = 'image_enable: cannot enable mirroring: pool is not in image mirror mode'
    return refused(22, librbd(desk.now, 'api::Mirror', why))
  }
  if (poolMode(desk, pool) === 'disabled') {
    return refused(
      22,
      librbd(desk.now, 'api::Mirror', 'image_enable: cannot enable mirroring: mirroring is not enabled on a pool'),
    )
  }
  return changing(desk, ({ image }) => {
    const parent = image.copies[desk.site]?.parent ?? null
    const parentPool = parent === null ? null : desk.pool(parent.pool)
    const held = parent === null || parentPool === null ? null : desk.image(parentPool, parent.name)?.copies[desk.site]
    const number = desk.next()
    return enable(desk.conditions, image, desk.site, {
      mode,
      parentMirrored: parent === null ? null : held?.mode != null,
      turnId: `t${number}`,
      globalId: uuidAt(desk.conditions.seed, 43, number),
    })
  })
}

export function mirrorImageStatus(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  if (found.copy.mode === null) return notEnabled()
  const status = imageStatus(desk, found.pool, found.image, 'alone')
  if (status === null) return notEnabled()
  return {
    ...said(wantsJson(desk) ? `${JSON.stringify(status)}\n` : statusText(status)),
    stderr: mgrSilence(desk),
  }
}
