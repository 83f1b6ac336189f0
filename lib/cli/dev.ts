import { join } from 'node:path'
import { type BuildContext, context, type Plugin } from 'esbuild'
import { type ProcessName, processOptions } from './bundles'
import { furnish, prepare } from './prepare'
import { type Place, simulatorService, webDevService, workerService } from './services'
import { serve } from './start'

/** `npm run dev`: next dev, and worker and simulator built anew and started anew at every change of theirs. */
export async function dev(root: string, argv: readonly string[]): Promise<number> {
  const prepared = await prepare(argv)
  if (prepared.kind === 'ended') {
    for (const line of prepared.lines) (prepared.exit === 0 ? console.log : console.error)(line)
    return prepared.exit
  }
  const { data, port, runtime } = prepared
  const place: Place = { root, data, port, processDir: join(root, 'dist/dev'), webDir: '.next' }
  const names = runtime.demo ? (['simulator', 'worker'] as const) : (['worker'] as const)
  let restart: (name: string) => void = () => undefined
  const watched = await Promise.all(names.map((name) => watch(place, name, () => restart(name))))
  try {
    await furnish(prepared)
    const simulated = runtime.demo ? [simulatorService(place, prepared.world)] : []
    return await serve(prepared, [...simulated, workerService(place), webDevService(place)], (services) => {
      restart = services.restart
    })
  } finally {
    await Promise.all(watched.map((watching) => watching.dispose()))
    prepared.release()
  }
}

/** Resolves once the first bundle is there; `changed` is called at each one after it. */
function watch({ root, processDir }: Place, name: ProcessName, changed: () => void): Promise<BuildContext> {
  return new Promise((resolve, reject) => {
    let watching: BuildContext | undefined
    const tell: Plugin = {
      name: 'tell',
      setup(build) {
        let first = true
        build.onEnd(({ errors }) => {
          if (first && watching !== undefined) resolve(watching)
          else if (errors.length === 0) changed()
          first = false
        })
      },
    }
    context({ ...processOptions(root, processDir, [name]), plugins: [tell] })
      .then((made) => {
        watching = made
        return made.watch()
      })
      .catch(reject)
  })
}
