import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { WorldName } from '@/lib/simulator/worlds'
import { turnLog } from './log-file'
import { createService, type Service, type ServiceSpec } from './service'

export interface Place {
  readonly root: string
  /** Absolute. */
  readonly data: string
  readonly port: number
  readonly processDir: string
  /** What web is served from, relative to the root. */
  readonly webDir: string
}

const nodeWith = ({ root }: Place, ...args: string[]): [string, ...string[]] => [
  process.execPath,
  '--import',
  pathToFileURL(join(root, 'lib/cli/follow-starter.mjs')).href,
  ...args,
]

const environment = ({ data }: Place, more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  // They would turn on what this run of npm was told, and name the earlier folder.
  const { ANTIPODE_DIST_DIR: _, ANTIPODE_CONFIG: __, PORT: ___, ...rest } = process.env
  return { ...rest, ANTIPODE_DATA: data, NEXT_TELEMETRY_DISABLED: '1', ...more }
}

export const webService = (place: Place): ServiceSpec => ({
  name: 'web',
  // Loopback alone: until people can sign in, whoever reaches the port may fail over a cloud.
  argv: nodeWith(
    place,
    join(place.root, 'node_modules/next/dist/bin/next'),
    'start',
    '-H',
    '127.0.0.1',
    '-p',
    `${place.port}`,
  ),
  env: environment(place, { NODE_ENV: 'production', ANTIPODE_DIST_DIR: place.webDir }),
  cwd: place.root,
  logFile: join(place.data, 'web.log'),
  ending: 'group',
})

export const webDevService = (place: Place): ServiceSpec => ({
  ...webService(place),
  argv: nodeWith(
    place,
    join(place.root, 'node_modules/next/dist/bin/next'),
    'dev',
    '-H',
    '127.0.0.1',
    '-p',
    `${place.port}`,
  ),
  env: environment(place, { NODE_ENV: 'development' }),
  logFile: null,
})

export const workerService = (place: Place): ServiceSpec => ({
  name: 'worker',
  argv: nodeWith(place, '--enable-source-maps', join(place.processDir, 'worker.js')),
  env: environment(place, { NODE_ENV: 'production' }),
  cwd: place.root,
  logFile: join(place.data, 'worker.log'),
  ending: 'alone',
})

export const simulatorService = (place: Place, world: WorldName): ServiceSpec => ({
  name: 'simulator',
  argv: nodeWith(place, '--enable-source-maps', join(place.processDir, 'simulator.js'), '--world', world),
  env: environment(place, { NODE_ENV: 'production' }),
  cwd: place.root,
  logFile: join(place.data, 'simulator.log'),
  ending: 'group',
})

export interface Services {
  start(): void
  restart(name: string): void
  /** Everything down in less than two seconds. */
  stop(): Promise<void>
  kill(): void
}

/** `specs` in the order of starting. They end in the other order, each rank before the next: what others lean on goes last. */
export function createServices(
  specs: readonly ServiceSpec[],
  hooks: { say(line: string): void; died(name: string, deaths: number): void },
): Services {
  const services = specs.map((spec) => createService(spec, hooks))
  const logs = specs.flatMap(({ logFile }) => logFile ?? [])
  const turning = setInterval(() => logs.forEach(turnLog), 600_000)
  const isWorld = (service: Service) => service.name === 'simulator'
  return {
    start() {
      for (const service of services) service.start()
    },
    restart(name) {
      services.find((service) => service.name === name)?.restart()
    },
    async stop() {
      clearInterval(turning)
      // The worker's acts go on by themselves, so their world outlives it by a moment.
      await Promise.all(services.filter((service) => !isWorld(service)).map((service) => service.stop(1_300)))
      await Promise.all(services.filter(isWorld).map((service) => service.stop(450)))
    },
    kill() {
      for (const service of services) service.kill()
    },
  }
}
