import type { Stack } from '@/lib/domain/cloud-estate'
import type { KnownStack } from '@/lib/domain/known-stack'
import type { CloudContext } from './cloud-context'
import { readKind } from './cloud-context'

/** Stacks whose things are asked for in one round: one request each. The others have theirs in the rounds to come. */
const ASKED_A_ROUND = 50
const SERVER = 'OS::Nova::Server'

/** Which stacks there are, and which servers are theirs: asked again only of those that changed. */
export async function readStacks(ctx: CloudContext): Promise<void> {
  const { estate, state } = ctx
  if (estate === null) return
  const reading = state.readings.stacks
  let why = ''
  await readKind(
    ctx,
    'stacks',
    async () => {
      const read = await estate.stacks()
      if (read.kind === 'known') return read.value
      why = read.reason
      return []
    },
    async (stacks) => {
      state.stacks = await withServers(ctx, stacks)
    },
  )
  if (why !== '') Object.assign(reading, { observedAt: null, error: why })
}

async function withServers(ctx: CloudContext, stacks: readonly Stack[]): Promise<readonly KnownStack[]> {
  const before = new Map(ctx.state.stacks.map((one) => [one.id, one]))
  const tenants = new Map(ctx.state.projects.map(({ id, name }) => [id, name]))
  let left = ASKED_A_ROUND
  const found: KnownStack[] = []
  for (const stack of stacks) {
    const { id, name, status, updatedAt } = stack
    const known = before.get(id)
    const same = known?.servers != null && known.status === status && known.updatedAt === updatedAt
    let servers = known?.servers ?? null
    if (!same && left > 0) {
      left--
      const made = await ctx.ask(() => ctx.estate?.stackResources(stack) ?? Promise.resolve([]))
      servers = made.flatMap(({ type, physicalId }) => (type === SERVER && physicalId !== '' ? [physicalId] : []))
    }
    found.push({ id, name, status, updatedAt, tenant: tenants.get(stack.projectId) ?? stack.projectId, servers })
  }
  return found
}
