import { isStillHollow, type KnownHollow } from '@/lib/domain/hollow'
import { type Finding, type ImageMember, memberName } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { blocked, type Look, type StepContext } from '@/lib/engine/step'
import { type Ancestor, outsideParents } from '@/lib/engine/steps/outside-parents'

/** What the poller knows to be hollow, by `pool/name`: no look shows that by itself (ceph-facts 24). */
export type HollowNames = ReadonlyMap<string, KnownHollow>

export type Parents = ReadonlyMap<string, readonly Ancestor[]>

const NOBODY: Parents = new Map()

/** The parents outside the choice of each member, by its key; none are read where none are there. */
export async function parentsOf(members: readonly ImageMember[], context: StepContext): Promise<Parents> {
  if (members.every(({ outsideParent }) => outsideParent === null)) return NOBODY
  return outsideParents(
    members.map((member) => ({ member, memo: {} })),
    context,
  )
}

/** The looks at members, with those stopped of which a parent outside the choice is hollow at the target. */
export const unlessParentHollow = (
  members: readonly ImageMember[],
  looks: readonly Look[],
  parents: Parents,
  hollow: HollowNames | undefined,
  to: string,
): readonly Look[] =>
  looks.map((look, index) => {
    const chain = parents.get(members[index]?.key ?? '') ?? []
    const bad = chain.find(({ image, lineage }) => isStillHollow(hollow?.get(specText(image)) ?? null, lineage))
    if (bad === undefined || look.kind === 'blocked') return look
    const name = specText(bad.image)
    return blocked(
      `it lives by ${name}, which is hollow at ${to}: flattened in snapshot mode, it reads zeros there. Resync ${name} first`,
    )
  })

/** By force such a clone goes along, as one whose own copy is in error does; the overview counts it as lost. */
export function parentsInError(members: readonly ImageMember[], parents: Parents, to: string): readonly Finding[] {
  const found = members.flatMap((member) => {
    const bad = parents
      .get(member.key)
      ?.find(({ lineage, row }) => lineage.kind === 'known' && lineage.value.role !== 'primary' && isInError(row))
    return bad === undefined ? [] : [{ member, bad }]
  })
  const [first] = found
  if (first === undefined) return []
  const { member, bad } = first
  return [
    {
      ...{ severity: 'warns', check: 'parents', command: '' },
      title: `${found.length} ${found.length === 1 ? 'clone lives' : 'clones live'} by a parent whose copy at ${to} is in error: count as lost`,
      evidence: `${memberName(member)}: ${specText(bad.image)}: ${bad.row?.local.description ?? ''}`,
      remedy: 'Each may lack what it has from its parent. Leave them out, or open and check each afterwards.',
      keys: found.map((one) => one.member.key),
    },
  ]
}

const isInError = (row: Ancestor['row']): boolean => row?.local.state === 'error'
