import type { Finding, ImageMember, Plan } from '@/lib/domain/plan'
import { memberName } from '@/lib/domain/plan'
import { type Amount, COMPARED_AT_ONCE } from '@/lib/views/evidence'
import { sizeText } from '@/lib/views/size-text'
import type { ServiceContext } from './context'
import { evidenceWords } from './evidence-words'
import { lookAtSides } from './look-at-sides'

interface OwnWrites {
  readonly member: ImageMember
  readonly chosen: Amount
  readonly other: Amount
}

/**
 * What each side of the first images of a re-protection has written itself since they parted, before the good one is
 * settled: whoever chooses the side that wrote nothing over one that did is told so.
 */
export async function ownWriteFindings(
  plan: Plan | null,
  context: Pick<ServiceContext, 'mirror' | 'clock'>,
): Promise<readonly Finding[]> {
  if (plan === null || plan.procedure !== 'reprotect') return []
  const images = plan.members.filter((member) => member.kind === 'image')
  const first = images.slice(0, COMPARED_AT_ONCE)
  const questions = first.map(({ image, globalId }) => ({ image, globalId }))
  const looked = await lookAtSides([plan.from, plan.to], questions, { seed: 0, pieces: 0 }, context)
  const found = first.flatMap((member, index): OwnWrites[] => {
    const one = looked[index]
    if (one === undefined) return []
    const [chosen, other] = evidenceWords(one, context.clock.now()).sides
    return [{ member, chosen: chosen.amount, other: other.amount }]
  })
  return found.length === 0 ? [] : [ownWriteFinding(found, plan, images.length)]
}

/** One finding for all of them: `warns` where the other side has more of its own than the chosen one. */
export function ownWriteFinding(
  found: readonly OwnWrites[],
  { from, to }: Pick<Plan, 'from' | 'to'>,
  all: number,
): Finding {
  const against = found.filter(
    ({ chosen, other }) => chosen.kind === 'known' && other.kind === 'known' && other.bytes > chosen.bytes,
  )
  const dark = found.filter(({ chosen, other }) => chosen.kind === 'unknown' || other.kind === 'unknown')
  // Those that speak against the choice come first, then those that are not known.
  const listed = [...new Set([...against, ...dark, ...found])]
  const evidence = listed
    .map(
      ({ member, chosen, other }) =>
        `${memberName(member)}: ${amountText(chosen)} at ${from}, ${amountText(other)} at ${to}`,
    )
    .join('; ')
  const looked = found.length < all ? `, of the first ${found.length} of ${all} images` : ''
  const base = { check: 'own-writes', command: '', evidence } as const
  const keys = (some: readonly OwnWrites[]) => some.map(({ member }) => member.key)
  const look = `Look at both sides of each image, and choose ${to} for those where that is the good one.`
  if (against.length > 0) {
    const title = `${to} has written more since the split than ${from}, which is chosen: ${count(against.length)}${looked}`
    const remedy = `What ${to} wrote is kept aside, and nothing of it comes into the new copies. ${look}`
    return { ...base, severity: 'warns', title, remedy, keys: keys(against) }
  }
  if (dark.length > 0) {
    const title = `What each side has written since the split is not known of ${count(dark.length)}${looked}`
    return { ...base, severity: 'unknown', title, remedy: look, keys: keys(dark) }
  }
  const title = `${from}, which is chosen, has written no less since the split than ${to}${looked}`
  return { ...base, severity: 'pass', title, remedy: '', keys: [] }
}

const count = (images: number): string => (images === 1 ? '1 image' : `${images} images`)

const SURE = { exact: '', about: 'about ', 'at-least': 'at least ', 'at-most': 'at most ' } as const

const amountText = (amount: Amount): string =>
  amount.kind === 'unknown'
    ? `not known (${amount.text})`
    : amount.bytes === 0
      ? 'nothing of its own'
      : `${SURE[amount.sure]}${sizeText(amount.bytes)} of its own`
