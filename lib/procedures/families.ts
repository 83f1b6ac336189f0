import type { ImageMember } from '@/lib/domain/plan'
import { type ImageSpec, type MirrorMode, specText } from '@/lib/domain/words'

/** An image that somebody chose, as it was read at the old primary just now. */
export interface Chosen {
  readonly key: string
  readonly image: ImageSpec
  readonly globalId: string
  readonly mode: MirrorMode
  readonly parent: ImageSpec | null
  readonly sizeBytes: number | null
}

export interface Families {
  readonly members: readonly ImageMember[]
  /** Chosen parents that images outside the choice share: they stay where they are. */
  readonly shared: readonly { readonly chosen: Chosen; readonly by: readonly string[] }[]
}

/**
 * Puts images of one clone tree into one family, parents before clones. A parent that images outside the choice share is
 * not moved: those would lose their primary parent. It must be whole at the target instead.
 * `childrenOutside`: names of images outside the choice, by the `pool/name` of their parent.
 */
export function families(chosen: readonly Chosen[], childrenOutside: ReadonlyMap<string, readonly string[]>): Families {
  const shared = chosen.flatMap((one) => {
    const by = childrenOutside.get(specText(one.image)) ?? []
    return by.length === 0 ? [] : [{ chosen: one, by }]
  })
  const staying = new Set(shared.map(({ chosen: { key } }) => key))
  const moving = chosen.filter(({ key }) => !staying.has(key))
  const byName = new Map(moving.map((one) => [specText(one.image), one]))
  const parentOf = (one: Chosen): Chosen | undefined =>
    one.parent === null ? undefined : byName.get(specText(one.parent))

  /** The way up to the oldest ancestor in the choice. A ring cannot be in Ceph; should one be read, it ends here. */
  function ancestry(one: Chosen): readonly Chosen[] {
    const line = [one]
    for (let up = parentOf(one); up !== undefined && !line.includes(up); up = parentOf(up)) line.push(up)
    return line
  }

  return {
    shared,
    members: moving.map((one): ImageMember => {
      const line = ancestry(one)
      const root = line.at(-1) ?? one
      return {
        kind: 'image',
        key: one.key,
        image: one.image,
        globalId: one.globalId,
        mode: one.mode,
        // Clones of one parent that stays behind have nothing that ties them to each other.
        family: root.key,
        generation: line.length - 1,
        outsideParent: one.parent !== null && parentOf(one) === undefined ? one.parent : null,
        sizeBytes: one.sizeBytes,
      }
    }),
  }
}
