// Runs on any Node, however old: what is in here must be understood by all of them, so that the first line that somebody
// with an old Node reads is ours and not a syntax error. Everything else is TypeScript, bundled below.
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Antipode needs Node 20.19 or later; this is v${process.versions.node}.`)
  process.exit(1)
}

/** The commands themselves, bundled beside each other by content: two that start at once do not write into one file. */
async function commands() {
  const { build, stop } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(root, 'lib/cli/main.ts')],
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    write: false,
    logLevel: 'warning',
  })
  // Its own process would else stay as long as this one.
  await stop()
  const { contents } = outputFiles[0]
  const file = join(root, 'dist', `cli-${createHash('sha256').update(contents).digest('hex').slice(0, 12)}.js`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, contents)
  renameSync(`${file}.${process.pid}`, file)
  return import(pathToFileURL(file).href)
}

async function main() {
  const { ensureDependencies } = await import('./dependencies.mjs')
  ensureDependencies(root)
  const { run } = await commands()
  process.exitCode = await run(root, process.argv.slice(2))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
