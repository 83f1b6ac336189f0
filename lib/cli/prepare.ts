import { resolve } from 'node:path'
import { loadConfig } from '@/lib/config/load-config'
import { type Runtime, readRuntime, storeFile, writeRuntime } from '@/lib/config/runtime'
import type { WorldName } from '@/lib/simulator/worlds'
import { openStore } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { claimDataFolder } from './data-folder'
import { makeDemoGroups } from './demo-groups'
import { demoRuntime } from './demo-runtime'
import { nameDemoServices } from './demo-services'
import { portProblem } from './port'
import { parseStartOptions, START_HELP } from './start-options'

export interface Prepared {
  readonly kind: 'prepared'
  readonly runtime: Runtime
  readonly world: WorldName
  readonly data: string
  readonly port: number
  release(): void
}

/** Nothing was started; `lines` say why, `exit` is what the command ends with. */
export interface NotPrepared {
  readonly kind: 'ended'
  readonly exit: number
  readonly lines: readonly string[]
}

/** Everything that can be found wrong before anything is started, built or written. */
export async function prepare(argv: readonly string[]): Promise<Prepared | NotPrepared> {
  const parsed = parseStartOptions(argv, process.env)
  if (parsed.kind === 'help') return { kind: 'ended', exit: 0, lines: [START_HELP] }
  if (parsed.kind === 'mistake') return { kind: 'ended', exit: 2, lines: [parsed.line] }
  const { config, port, world } = parsed.options
  // The demo has a folder of its own: what it shows must never be taken for a reading of real sites.
  const data = resolve(parsed.options.data ?? (config === null ? `data/${world}` : 'data'))

  const loaded = config === null ? null : loadConfig(resolve(config), config)
  if (loaded?.kind === 'mistakes') return { kind: 'ended', exit: 2, lines: loaded.mistakes }
  const runtime: Runtime =
    loaded === null ? demoRuntime(data, world) : { ...loaded.config, demo: false, simulatorSocket: null }

  const inUse = await portProblem(port)
  if (inUse !== null) return { kind: 'ended', exit: 1, lines: [inUse] }
  const claim = claimDataFolder(data, port)
  if (claim.kind === 'refused') return { kind: 'ended', exit: 1, lines: [claim.line] }
  if (otherWorld(data, runtime)) {
    claim.release()
    const [held, asked] = runtime.demo ? ['real sites', 'the demo'] : ['the demo', 'real sites']
    const line = `The data folder ${data} holds ${held}; ${asked} need a folder of their own: --data DIR.`
    return { kind: 'ended', exit: 1, lines: [line] }
  }
  return { kind: 'prepared', runtime, world, data, port, release: claim.release }
}

function otherWorld(data: string, runtime: Runtime): boolean {
  try {
    return readRuntime(data).demo !== runtime.demo
  } catch {
    return false
  }
}

/** The store at its newest schema, and the configuration where web and worker find it. */
export async function furnish({ data, runtime, world }: Prepared): Promise<void> {
  const store = openStore(storeFile(data))
  try {
    await migrate(store)
    if (runtime.demo && world === 'demo') {
      await nameDemoServices(store, Date.now())
      await makeDemoGroups(store, Date.now())
    }
  } finally {
    await store.destroy()
  }
  writeRuntime(data, runtime)
}
