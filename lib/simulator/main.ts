import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { dataDir, readRuntime } from '@/lib/config/runtime'
import { faultFromWords } from './fault-cli'
import { simulatorLink } from './link'
import { realClock } from './real-clock'
import { serve } from './server'
import { fileLog } from './state-log'
import { createWorld } from './world'
import { WORLDS, type WorldName, worldNamed } from './worlds'

/**
 * The simulator's process. `--socket PATH --state DIR [--world demo|small|huge|bare|bare-one-fsid] [--seed N]` runs a world; without them
 * the starter's runtime file says where. `fault KIND …` tells a running one what is to go wrong.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: {
      socket: { type: 'string' },
      state: { type: 'string' },
      world: { type: 'string', default: 'demo' },
      seed: { type: 'string', default: '1' },
    },
  })
  const data = dataDir()
  const socket = typeof values.socket === 'string' ? values.socket : readRuntime(data).simulatorSocket
  if (socket === null) throw new Error('there is no simulator where real sites are configured')
  if (positionals[0] === 'fault') return tellFault(socket, process.argv.slice(process.argv.indexOf('fault') + 1))

  const name = String(values.world) as WorldName
  if (!WORLDS.includes(name)) throw new Error(`no world ${name}; there are ${WORLDS.join(', ')}`)
  const seed = Number(values.seed)
  const begun = performance.now()
  const state = typeof values.state === 'string' ? values.state : join(data, 'simulator')
  mkdirSync(dirname(socket), { recursive: true })
  const world = createWorld({ clock: realClock(), spec: worldNamed(name, seed), seed, log: fileLog(state) })
  const serving = await serve(world, socket)
  const end = (): void => {
    // Everything that was acknowledged is on disk already: nothing is left to be written.
    void serving.close().finally(() => {
      world.close()
      process.exit(0)
    })
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  console.log(`simulator: world ${name} at ${socket} after ${Math.round(performance.now() - begun)} ms`)
}

async function tellFault(socket: string, words: readonly string[]): Promise<void> {
  const link = simulatorLink(socket)
  const alive = setInterval(() => undefined, 1_000)
  try {
    await link.ask({ kind: 'fault', fault: faultFromWords(words) })
    console.log('done')
  } finally {
    clearInterval(alive)
    link.close()
  }
}

main().catch((error: unknown) => {
  console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
