import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made from. Whatever is not named here can change without one. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/** Twelve letters that are the same as long as the sources are: contents count, times do not (a checkout makes all new). */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256').update(process.versions.modules)
  for (const path of SOURCES.flatMap((source) => filesOf(root, source)).sort()) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex').slice(0, 12)
}

function filesOf(root: string, path: string): readonly string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (stat.isFile()) return isSource(path) ? [path] : []
  if (!stat.isDirectory()) return []
  return readdirSync(join(root, path)).flatMap((name) => (name === 'captures' ? [] : filesOf(root, `${path}/${name}`)))
}

const isSource = (path: string): boolean => !/\.test\.tsx?$|\.tsbuildinfo$|\.pyc$/.test(path)
