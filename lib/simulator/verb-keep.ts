import { type Desk, specOf } from './desk'
import { standing } from './image-state'
import { foundImage, isFound } from './look-up'
import { errno, librbd, type Outcome, refused, said } from './outcome'
import { endSchedules, renamed } from './rename'
import { createSnap } from './user-snaps'

/** `rbd snap create POOL/IMAGE@SNAPSHOT`. */
export function snapCreate(desk: Desk): Outcome {
  const [word = '', ...more] = desk.rest
  const [spec = '', snapshot = ''] = word.split('@')
  if (snapshot === '') return refused(22, 'rbd: snapshot name was not specified\n')
  const found = foundImage({ ...desk, rest: [spec, ...more] })
  if (!isFound(found)) return found
  const quiet = desk.args.flags.has('no-progress')
  const outcome = createSnap(desk.conditions, found.image, desk.site, snapshot, { quiet })
  if (outcome.changed !== null) desk.commit(found.pool, outcome.changed)
  return outcome
}

const renameError = (exit: number): string => `rbd: rename error: ${errno(exit)}\n`

/** `rbd rename POOL/IMAGE POOL/NEW`: at one site, of an image that nobody mirrors. */
export function rename(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found.stderr.includes('error opening image') ? refused(2, renameError(2)) : found
  const { pool, image, copy } = found
  const word = desk.rest[1]
  if (word === undefined) return refused(22, 'rbd: destination image name was not specified\n')
  const to = specOf({ ...desk, rest: [word.includes('/') ? word : `${pool.name}/${word}`] })
  if (to === null || to.name === '') return refused(22, 'rbd: destination image name was not specified\n')
  if (to.pool !== pool.name) {
    return refused(22, `rbd: mv/rename across pools not supported\nsource pool: ${pool.name} dest pool: ${to.pool}\n`)
  }
  if (copy.mode !== null && standing(copy) !== 'primary') return refused(30, renameError(30))
  if (desk.image(pool, to.name)?.copies[desk.site] !== undefined) {
    return refused(17, librbd(desk.now, 'Operations', `rbd image ${to.name} already exists`) + renameError(17))
  }
  if (copy.mode !== null) return refused(95, renameError(95))
  const changed = renamed(desk, pool, image, copy, to.name)
  desk.commitTogether(changed)
  endSchedules(desk, pool.name, image.name)
  return said('')
}
