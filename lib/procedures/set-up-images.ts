import type { ImageMember } from '@/lib/domain/plan'
import type { ChangeRow } from '@/lib/domain/set-up'
import { imageId, type MirrorMode, pairOf, type SiteName, specText } from '@/lib/domain/words'
import { JOURNAL_FEATURES } from '@/lib/engine/steps/enable-images'
import type { PoolImage } from '@/lib/ports/mirror'
import { type Chosen, families } from './families'

/** An image that somebody chose, as it was read just now at the site that has it. */
export interface Wanted {
  readonly image: PoolImage
  readonly mode: MirrorMode
  readonly poolMode: 'image' | 'pool'
}

export interface ChosenImages {
  readonly members: readonly ImageMember[]
  readonly changes: readonly ChangeRow[]
  readonly setAside: readonly { readonly key: string; readonly name: string; readonly reason: string }[]
}

interface Around {
  readonly from: SiteName
  readonly to: SiteName
  /** What has a name at the site that gets copies, by `pool/name`. */
  readonly there: ReadonlyMap<string, PoolImage>
  /** Is an image outside the choice mirrored at `from`? By `pool/name`; null where it could not be read. */
  mirroredOutside(spec: string): boolean | null
}

/** Every image stands as it is, or is set aside with the reason: what Ceph would refuse later is said now. */
export function chooseImages(wanted: readonly Wanted[], around: Around): ChosenImages {
  const reasons = new Map<string, string>()
  for (const one of wanted) {
    const reason = unfit(one, around)
    if (reason !== null) reasons.set(specText(one.image.spec), reason)
  }
  // A clone goes only where its parent goes or is: what stops a parent stops the whole tree below it.
  for (let before = -1; before < reasons.size; ) {
    before = reasons.size
    for (const one of wanted) {
      const name = specText(one.image.spec)
      const reason = reasons.has(name) ? null : orphaned(one, wanted, reasons, around)
      if (reason !== null) reasons.set(name, reason)
    }
  }
  const fit = wanted.filter(({ image }) => !reasons.has(specText(image.spec)))
  const byKey = new Map(fit.map((one) => [keyOf(one.image, around), one]))
  const chosen = fit.map(({ image, mode }): Chosen => {
    const { spec, parent, sizeBytes, mirrored } = image
    return { key: keyOf(image, around), image: spec, globalId: mirrored?.globalId ?? '', mode, parent, sizeBytes }
  })
  const { members } = families(chosen, new Map())
  return {
    members: members.map((member) => {
      const one = byKey.get(member.key)
      return { ...member, poolMode: one?.poolMode ?? 'image', addFeatures: one === undefined ? [] : lacking(one) }
    }),
    changes: fit.map((one) => changeOf(one, around)),
    setAside: wanted.flatMap(({ image }) => {
      const name = specText(image.spec)
      const reason = reasons.get(name)
      return reason === undefined ? [] : [{ key: keyOf(image, around), name, reason }]
    }),
  }
}

/** One that is not mirrored has no global id yet: until then it is its name. */
const keyOf = ({ spec, mirrored }: PoolImage, { from, to }: Around): string => {
  const pair = pairOf(from, to)
  return mirrored === null ? `new:${pair}/${specText(spec)}` : imageId({ pair, ...spec, globalId: mirrored.globalId })
}

const lacking = ({ image, mode }: Wanted): readonly string[] =>
  mode === 'journal' ? JOURNAL_FEATURES.filter((feature) => !image.features.includes(feature)) : []

function unfit({ image, mode, poolMode }: Wanted, { from, to, there }: Around): string | null {
  const name = specText(image.spec)
  const { mirrored } = image
  if (poolMode === 'pool' && mode === 'snapshot')
    return 'a pool of mode pool mirrors by journal alone: choose image mode for the pool, or a journal for the image'
  if (mirrored !== null && mirrored.role !== 'primary')
    return `it is a copy at ${from}: its primary is elsewhere, so set it up from there`
  if (mirrored !== null && mirrored.mode !== mode)
    return `it is mirrored in ${mirrored.mode} mode already: take that down first, or choose that mode`
  const other = there.get(name)
  if (other !== undefined && other.mirrored?.globalId !== (mirrored?.globalId ?? ''))
    return `${to} has another image of this name, which no copy may replace: rename or remove that one (rbd rename ${name} NAME)`
  return null
}

function orphaned(
  { image }: Wanted,
  wanted: readonly Wanted[],
  reasons: ReadonlyMap<string, string>,
  around: Around,
): string | null {
  if (image.parent === null) return null
  const parent = specText(image.parent)
  const along = wanted.some((one) => specText(one.image.spec) === parent)
  if (along && !reasons.has(parent)) return null
  if (along) return `its parent ${parent} cannot be mirrored: ${reasons.get(parent) ?? ''}`
  const mirrored = around.mirroredOutside(parent)
  if (mirrored === true) return null
  return mirrored === null
    ? `its parent ${parent} could not be read: whether that is mirrored is not known`
    : `its parent ${parent} is not mirrored and not chosen: choose it along, or flatten the clone (rbd flatten ${specText(image.spec)})`
}

function changeOf(one: Wanted, around: Around): ChangeRow {
  const { image, mode, poolMode } = one
  const key = keyOf(image, around)
  const name = specText(image.spec)
  const sizeBytes = image.sizeBytes
  if (image.mirrored !== null)
    return { key, name, before: `mirrored, ${mode}`, after: 'stays so', cost: '', sizeBytes, effect: 'done' }
  const features = lacking(one)
  const costs = [
    ...(features.length > 0 ? [`gets ${features.join(' and ')}`] : []),
    ...(mode === 'journal' ? ['each write is written twice'] : ['its copy is a snapshot behind']),
    ...(mode === 'snapshot' && !image.features.includes('fast-diff')
      ? ['has no fast-diff: each snapshot reads it whole']
      : []),
  ]
  const then = poolMode === 'pool' ? `mirrored with its pool, ${mode}` : `mirrored, ${mode}`
  return {
    key,
    name,
    before: 'not mirrored',
    after: `${then}, copied to ${around.to}`,
    cost: costs.join('; '),
    sizeBytes,
    effect: 'changes',
  }
}
