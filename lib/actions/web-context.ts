import { type Ports, portsOf } from '@/lib/composition/ports'
import { dataDir, readRuntime } from '@/lib/config/runtime'
import type { Actor, Role } from '@/lib/domain/actor'
import { webStore } from '@/lib/read/web-store'
import type { CloudContext } from '@/lib/services/context'
import { contextOf } from './context-of'

const KEY = Symbol.for('antipode.web-ports')
const shared = globalThis as { [KEY]?: Ports }

/** What verbs are given in web: the store, and ports to look by. Next's bundles each have their own modules, so one lives here. */
export async function webContext(actor: Actor, role: Role): Promise<CloudContext> {
  const runtime = readRuntime(dataDir())
  shared[KEY] ??= portsOf(runtime, dataDir())
  return contextOf(runtime, shared[KEY], { store: webStore(), actor, role })
}
