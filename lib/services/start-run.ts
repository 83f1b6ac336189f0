import type { ImageProcedure } from '@/lib/domain/plan'
import { typedSite } from '@/lib/domain/procedure-traits'
import type { StartRunInput } from '@/lib/views/recover'
import { beginRun } from './begin-run'
import type { ServiceContext } from './context'
import { prepareAsked } from './prepare-asked'

const TITLES: Readonly<Record<ImageProcedure, (images: string, from: string, to: string) => string>> = {
  'planned-failover': (images, from, to) => `Fail over ${images} from ${from} to ${to}`,
  'forced-failover': (images, from, to) => `Fail over ${images} from ${from} to ${to}, by force`,
  reprotect: (images, from, to) => `Protect ${images} of ${from} again at ${to}`,
  resync: (images, from, to) => `Resync ${images} at ${to} from ${from}`,
  promote: (images, _, to) => `Promote ${images} at ${to}`,
  demote: (images, from) => `Demote ${images} at ${from}`,
  snapshot: (images, from) => `Mirror snapshot of ${images} at ${from}`,
  flatten: (images, from) => `Flatten ${images} at ${from}`,
  disable: (images, from) => `End the mirroring of ${images} of ${from}`,
}

/** Starts a run of images that are mirrored already. Throws ServiceError. */
export async function startRun(input: StartRunInput, context: ServiceContext): Promise<{ readonly runId: string }> {
  const { intent } = input
  const { procedure, from, to } = intent
  return beginRun(
    input,
    {
      typedSite: typedSite(intent),
      prepare: () => prepareAsked(intent, context),
      title: (_, count) => TITLES[procedure](`${count} ${count === 1 ? 'image' : 'images'}`, from, to),
    },
    context,
  )
}
