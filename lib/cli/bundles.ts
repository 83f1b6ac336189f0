import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, stop } from 'esbuild'

/** What Next does not build, by process: the file that runs it, and those of its threads. Node 20 runs no TypeScript. */
const PROCESSES = {
  worker: { worker: 'lib/worker/main.ts', poller: 'lib/worker/poller-main.ts' },
  simulator: { simulator: 'lib/simulator/main.ts' },
} as const

export type ProcessName = keyof typeof PROCESSES

export const processOptions = (root: string, outdir: string, names: readonly ProcessName[]): BuildOptions => ({
  ...options(root),
  entryPoints: Object.fromEntries(
    names.flatMap((name) => Object.entries(PROCESSES[name]).map(([out, path]) => [out, join(root, path)])),
  ),
  outdir,
})

export async function bundleProcesses(root: string, outdir: string): Promise<void> {
  await build(processOptions(root, outdir, ['worker', 'simulator']))
  await stop()
}

/**
 * One program of e2e/, bundled; null where there is none. As deep below the root as its source, so that what counts
 * folders upwards from `import.meta.dirname` finds the same.
 */
export async function bundleScript(root: string, name: string): Promise<string | null> {
  const entry = join(root, 'e2e', name, 'main.ts')
  if (!existsSync(entry)) return null
  const outfile = join(root, 'dist/e2e', `${name}.js`)
  await build({ ...options(root), entryPoints: [entry], outfile })
  await stop()
  return outfile
}

const options = (root: string): BuildOptions => ({
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
})
