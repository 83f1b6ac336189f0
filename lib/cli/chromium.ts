import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** A Chromium of this system. The browser suite brings none: what the operator's distribution keeps up to date is used. */
export function findChromium(): string | null {
  return [process.env.ANTIPODE_CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path)) ?? null
}

/** Installs Debian's where there is none and this user may. Null where it cannot be had; then it has said why. */
export function ensureChromium(): string | null {
  const found = findChromium()
  if (found !== null) return found
  if (!existsSync('/usr/bin/apt-get')) return missing('this system has no apt-get')
  if (process.getuid?.() !== 0) return missing('only root can install it')
  console.log('Installing chromium (apt-get) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, encoding: 'utf8' })
  apt('update')
  const { status, stderr } = apt('install', '-y', '--no-install-recommends', 'chromium')
  return (status === 0 ? findChromium() : null) ?? missing(`apt-get install ended with ${status}: ${stderr.trim()}`)
}

function missing(why: string): null {
  console.error(
    `The browser suite needs Chromium, and ${why}. Install it (apt install chromium) or name one: ANTIPODE_CHROMIUM=PATH.`,
  )
  return null
}
