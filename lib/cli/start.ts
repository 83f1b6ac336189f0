import { holdBuild } from './build-hold'
import { firstPage } from './first-page'
import { furnish, type Prepared, prepare } from './prepare'
import type { ServiceSpec } from './service'
import { createServices, type Place, type Services, simulatorService, webService, workerService } from './services'
import { onStopSignals } from './stop-signals'
import { ensureBuild } from './web-build'

const say = (line: string) => console.log(line)

/** `npm start`: everything that runs, watched, until somebody stops it. Resolves to the exit code. */
export async function start(root: string, argv: readonly string[]): Promise<number> {
  const prepared = await prepare(argv)
  if (prepared.kind === 'ended') {
    for (const line of prepared.lines) (prepared.exit === 0 ? console.log : console.error)(line)
    return prepared.exit
  }
  try {
    const outcome = await ensureBuild(root, say)
    if (outcome.kind === 'failed') {
      console.error('The build failed, so nothing was started.')
      return 1
    }
    const { build } = outcome
    const letGo = holdBuild(root, build)
    await furnish(prepared)
    const { data, port, runtime } = prepared
    const place: Place = { root, data, port, processDir: build.processDir, webDir: build.webDir }
    const simulated = runtime.demo ? [simulatorService(place, prepared.world)] : []
    const exit = await serve(prepared, [...simulated, workerService(place), webService(place)])
    letGo()
    return exit
  } finally {
    prepared.release()
  }
}

/** Starts the services and keeps them until a signal comes, or until one does not come up at all. */
export function serve(
  { runtime, data, port }: Prepared,
  specs: readonly ServiceSpec[],
  started: (services: Services) => void = () => undefined,
): Promise<number> {
  return new Promise((resolve) => {
    const ending = new AbortController()
    const services = createServices(specs, {
      say,
      died(name, deaths) {
        // Later a dead one is tried for ever; one that never came up is a mistake that somebody must see.
        if (ready || deaths < 5) return
        say(`${name} does not come up; its log is ${specs.find((spec) => spec.name === name)?.logFile ?? 'above'}`)
        void end(1)
      },
    })
    let ready = false
    const end = async (exit: number) => {
      if (ending.signal.aborted) return
      ending.abort()
      await services.stop()
      resolve(exit)
    }
    onStopSignals({
      first() {
        say('Stopping …')
        void end(0)
      },
      second() {
        services.kill()
        process.exit(130)
      },
    })
    services.start()
    started(services)
    void firstPage(port, ending.signal).then((came) => {
      if (!came) return
      ready = true
      const seconds = ((Date.now() - performance.timeOrigin) / 1000).toFixed(1)
      say(`Antipode listens on http://127.0.0.1:${port} (this machine alone) · first page after ${seconds} s`)
      say(runtime.demo ? demoLine(runtime.sites.length) : `${runtime.sites.length} sites · logs and store in ${data}`)
    })
  })
}

const demoLine = (sites: number) =>
  `A demo of ${sites} simulated sites. Your own: npm start -- --config antipode.yaml · Ctrl-C stops everything.`
