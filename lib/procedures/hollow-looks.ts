import { type Hollow, isStillHollow } from '@/lib/domain/hollow'
import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { type SiteName, specText } from '@/lib/domain/words'
import { blocked, type Look } from '@/lib/engine/step'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Candidate } from './prepare-parts'

type Words = (hollow: Hollow, member: ImageMember) => string

/**
 * The looks at members, with those stopped whose copy is hollow: no look shows that by itself, it is what the poller saw
 * happen, held against the copy as it was read just now.
 */
export function unlessHollow(
  members: readonly ImageMember[],
  looks: readonly Look[],
  candidates: readonly Candidate[],
  atCopy: readonly Reading<Lineage>[],
  words: Words,
): readonly Look[] {
  const places = new Map(candidates.map(({ key }, place) => [key, place]))
  return looks.map((look, index) => {
    const member = members[index]
    const place = member === undefined ? undefined : places.get(member.key)
    if (member === undefined || place === undefined) return look
    const known = candidates[place]?.hollow ?? null
    const copy = atCopy[place]
    return known !== null && copy !== undefined && isStillHollow(known, copy)
      ? blocked(words(known.hollow, member))
      : look
  })
}

const WHAT: Readonly<Record<Hollow, string>> = {
  seen: "hollow: it was flattened in snapshot mode, and where its parent's data was the copy",
  unseen:
    "hollow, perhaps: it was flattened and copied again while nobody looked, and where its parent's data was the copy",
}

/** Its primary lives: a resync heals it. */
export const healFirst =
  (from: SiteName, to: SiteName): Words =>
  (hollow) =>
    `${WHAT[hollow]} at ${to} reads zeros. Resync it from ${from} first`

/** Its primary is lost, and nobody else has the whole content. */
export const whatIsLeft =
  (from: SiteName, to: SiteName): Words =>
  (hollow, { image }) =>
    `${WHAT[hollow]} at ${to} reads zeros; what was written into the clone itself is there. The whole content is at ${from} alone: get that back. To have what is left, by hand at ${to}: ${mirrorArgv.forcePromote(specText(image)).join(' ')}`
