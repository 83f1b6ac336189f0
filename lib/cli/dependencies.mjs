import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Installs what package-lock.json names where it is not there. Compared is what is in the two lock files and not their
 * times: a checkout makes every file new. Packages for tests alone, and for other systems, may be absent.
 */
export function ensureDependencies(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (wanted === null || (installed !== null && fits(wanted, installed))) return
  console.error(installed === null ? 'Installing the dependencies (npm ci) …' : 'Renewing the dependencies (npm ci) …')
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // `npm start` runs in an npm of its own, whose settings for this run are not those of an install.
    env: { ...process.env, NODE_ENV: 'development' },
  })
  if (status === 0) return
  console.error(
    `The dependencies could not be installed: npm ci ended with ${error ? error.message : `exit ${status}`}.`,
  )
  process.exit(1)
}

function packagesOf(file) {
  if (!existsSync(file)) return null
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  delete packages['']
  return packages
}

function fits(wanted, installed) {
  return Object.keys(wanted).every((path) => {
    const { version, dev, optional, devOptional } = wanted[path]
    const there = installed[path]
    return there === undefined ? dev || optional || devOptional : there.version === version
  })
}
