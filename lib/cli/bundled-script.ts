import { type StdioOptions, spawn } from 'node:child_process'
import { bundleScript } from './bundles'

/** Runs e2e/NAME/main.ts, with what the operator gave it. Resolves to its exit code. */
export async function runBundled(root: string, name: string, argv: readonly string[]): Promise<number> {
  const file = await bundleScript(root, name)
  if (file === null) {
    console.error(`e2e/${name}/main.ts is not there.`)
    return 1
  }
  return runCommand(root, process.execPath, ['--enable-source-maps', file, ...argv])
}

/** One command, in this terminal or printing to `file` (a descriptor); its exit code, or 1 where a signal ended it. */
export function runCommand(
  root: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
  file: number | null = null,
): Promise<number> {
  const stdio: StdioOptions = file === null ? 'inherit' : ['ignore', file, file]
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio })
  // Ctrl-C reaches the child by itself; what is asked of this process alone is passed on.
  const pass = () => void child.kill('SIGTERM')
  const wait = () => undefined
  process.on('SIGTERM', pass).on('SIGINT', wait)
  return new Promise((resolve) => {
    const end = (exit: number) => {
      process.off('SIGTERM', pass).off('SIGINT', wait)
      resolve(exit)
    }
    child.once('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`)
      end(1)
    })
    child.once('close', (code) => end(code ?? 1))
  })
}
