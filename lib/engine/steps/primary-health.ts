import { unreadable } from '@/lib/domain/data-health'
import type { SiteName } from '@/lib/domain/words'
import { type Look, type StepContext, waiting } from '../step'

/** The check in the way of deleting copies at `to`, as it is said. */
export const unreadableText = (check: string, from: SiteName, to: SiteName): string =>
  `${from} may not be able to give all data of its images (${check}): the copies at ${to} may be the last good ones`

/**
 * Why no copy at `plan.to` is deleted now; null where the cluster of the primaries says that all their data can be read.
 * Throws AdapterError: whoever cannot be asked is not taken for healthy.
 */
export async function whyKeepCopies({ plan, mirror }: Pick<StepContext, 'plan' | 'mirror'>): Promise<string | null> {
  const check = unreadable(await mirror(plan.from).dataHealth())
  return check === null ? null : unreadableText(check, plan.from, plan.to)
}

/** The same looks, but whoever would act waits while the primaries may be unreadable. Asked in the look right before the act. */
export async function unlessUnreadable(looks: readonly Look[], context: StepContext): Promise<readonly Look[]> {
  if (!looks.some(({ kind }) => kind === 'ready')) return looks
  const why = await whyKeepCopies(context)
  return why === null ? looks : looks.map((one) => (one.kind === 'ready' ? waiting(why) : one))
}
