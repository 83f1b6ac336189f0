// Only a Node that is new enough gets here: bootstrap.mjs has looked.
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

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
