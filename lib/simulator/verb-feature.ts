import type { Desk } from './desk'
import { CHANGEABLE, chosenFeatures, withFeatures } from './features'
import { type Copy, type ImageState, standing } from './image-state'
import { foundImage, isFound, poolMode } from './look-up'
import { errno, librbd, type Outcome, refused, said } from './outcome'
import type { PoolSpec } from './spec'
import { enabledByJournal } from './verb-pool-mode'

/** What a feature cannot be without. */
const NEEDS: Readonly<Record<string, string>> = {
  'object-map': 'exclusive-lock',
  journaling: 'exclusive-lock',
  'fast-diff': 'object-map',
}

const no = (exit: number, line = ''): Outcome =>
  refused(exit, `rbd: failed to update image features: ${errno(exit)}\n${line}`)

interface Asked {
  readonly pool: PoolSpec
  readonly image: ImageState
  readonly copy: Copy
  readonly features: readonly string[]
}

/** The image and the features that the command names, or its refusal. */
function asked(desk: Desk): Asked | Outcome {
  const [, ...features] = desk.rest
  if (features.length === 0) return refused(22, 'rbd: at least one feature name must be specified\n')
  const known = [...CHANGEABLE, 'layering', 'striping', 'deep-flatten', 'data-pool']
  if (features.some((one) => !known.includes(one))) return refused(1, 'rbd: the argument for option is invalid\n')
  const found = foundImage(desk)
  if (!isFound(found)) return found
  if (found.copy.mode !== null && standing(found.copy) !== 'primary') return no(30)
  if (features.some((one) => !CHANGEABLE.includes(one))) {
    return no(22, librbd(desk.now, 'Operations', 'cannot update immutable features'))
  }
  return { ...found, features }
}

const commit = (desk: Desk, { pool, image }: Asked, copy: Copy): Outcome => {
  desk.commit(pool, { ...image, copies: { ...image.copies, [desk.site]: copy } })
  return said('')
}

/** `rbd feature enable IMAGE FEATURE…`. In a pool of mode `pool`, journaling is what has an image mirrored. */
export function featureEnable(desk: Desk): Outcome {
  const ask = asked(desk)
  if (!('features' in ask)) return ask
  const has = chosenFeatures(ask.copy)
  if (ask.features.some((one) => has.includes(one))) {
    return no(22, librbd(desk.now, 'Operations', 'one or more requested features are already enabled'))
  }
  const all = [...has, ...ask.features]
  // fast-diff and object-map come as a pair.
  const paired = all.includes('object-map') !== all.includes('fast-diff') ? [...all, 'object-map', 'fast-diff'] : all
  const lacking = paired.find((one) => NEEDS[one] !== undefined && !paired.includes(NEEDS[one]))
  if (lacking !== undefined) {
    const text = `cannot enable ${lacking}. ${NEEDS[lacking]} must be enabled before enabling ${lacking}.`
    return no(22, librbd(desk.now, 'EnableFeaturesRequest', text))
  }
  commit(desk, ask, withFeatures(ask.copy, paired))
  if (poolMode(desk, ask.pool) === 'pool') desk.commitTogether(enabledByJournal(desk, ask.pool))
  return said('')
}

/** `rbd feature disable IMAGE FEATURE…`. */
export function featureDisable(desk: Desk): Outcome {
  const ask = asked(desk)
  if (!('features' in ask)) return ask
  const has = chosenFeatures(ask.copy)
  if (ask.features.some((one) => !has.includes(one))) {
    return no(22, librbd(desk.now, 'Operations', 'one or more requested features are already disabled'))
  }
  const going = ask.features.includes('object-map') ? [...ask.features, 'fast-diff'] : ask.features
  const left = has.filter((one) => !going.includes(one))
  if (left.some((one) => NEEDS[one] === 'exclusive-lock') && !left.includes('exclusive-lock')) {
    const text =
      'cannot disable exclusive-lock. object-map or journaling must be disabled before disabling exclusive-lock.'
    return no(22, librbd(desk.now, 'DisableFeaturesRequest', text))
  }
  if (ask.copy.mode === 'journal' && going.includes('journaling')) {
    const text = 'cannot disable journaling: journal-based mirroring enabled and mirror pool mode set to image'
    return no(22, librbd(desk.now, 'DisableFeaturesRequest', text))
  }
  return commit(desk, ask, withFeatures(ask.copy, left))
}

/** `rbd flatten`: the clone needs its parent no more. In journal mode its copy is flat too, with what was in it. */
export function flatten(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const { pool, image, copy } = found
  const progress = desk.args.flags.has('no-progress') ? '' : 'Image flatten: 0% complete...failed.'
  if (copy.parent === null) {
    const line = librbd(desk.now, 'Operations', 'image has no parent')
    return refused(22, `${progress}${line}\nrbd: flatten error: ${errno(22)}\n`)
  }
  if (copy.mode !== null && standing(copy) !== 'primary') return refused(30, `rbd: flatten error: ${errno(30)}\n`)
  const copies = Object.fromEntries(
    Object.entries(image.copies).map(([site, one]) => [
      site,
      site === desk.site
        ? { ...one, parent: null, ...(copy.mode === 'snapshot' && { flattenedAt: image.at }) }
        : copy.mode === 'journal' && one.globalId === copy.globalId
          ? { ...one, parent: null }
          : one,
    ]),
  )
  desk.commit(pool, { ...image, copies })
  return said('')
}
