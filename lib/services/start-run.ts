import type { Plan } from '@/lib/domain/plan'
import { isSingleVerb, type SingleVerb } from '@/lib/domain/single-verb'
import type { StartRunInput } from '@/lib/views/recover'
import { beginRun } from './begin-run'
import type { ServiceContext } from './context'
import { prepareAsked } from './prepare-asked'
import { typedSite } from './preview-failover'

function titleOf({ procedure, from, to }: Plan, count: number): string {
  const images = `${count} ${count === 1 ? 'image' : 'images'}`
  if (isSingleVerb(procedure)) return SINGLE_TITLES[procedure](images, from, to)
  if (procedure === 'reprotect') return `Protect ${images} of ${from} again at ${to}`
  if (procedure === 'resync') return `Resync ${images} at ${to} from ${from}`
  return `Fail over ${images} from ${from} to ${to}${procedure === 'forced-failover' ? ', by force' : ''}`
}

const SINGLE_TITLES: Readonly<Record<SingleVerb, (images: string, from: string, to: string) => string>> = {
  promote: (images, _, to) => `Promote ${images} at ${to}`,
  demote: (images, from) => `Demote ${images} at ${from}`,
  snapshot: (images, from) => `Mirror snapshot of ${images} at ${from}`,
  flatten: (images, from) => `Flatten ${images} at ${from}`,
  disable: (images, from) => `End the mirroring of ${images} of ${from}`,
}

/** Starts a run of images that are mirrored already. Throws ServiceError. */
export async function startRun(input: StartRunInput, context: ServiceContext): Promise<{ readonly runId: string }> {
  return beginRun(
    input,
    {
      typedSite: typedSite(input.intent),
      prepare: () => prepareAsked(input.intent, context),
      title: titleOf,
    },
    context,
  )
}
