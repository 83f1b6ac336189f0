import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { STEP_NAMES } from './domain/plan'

/** Rules of the house that no tool keeps. What Biome can keep is in biome.json. */
const root = fileURLToPath(new URL('..', import.meta.url))
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(`${root}/${path}`))

const text = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')
/** This file spells out what it forbids. */
const isWritten = (path: string): boolean => !/\/captures\/|\/results\/|package-lock\.json|house\.test\.ts/.test(path)
const code = files.filter((path) => /\.(ts|tsx|mjs|py|sh)$/.test(path) && isWritten(path))
const tests = code.filter((path) => /\.(test|spec)\.tsx?$/.test(path))
const words = files.filter((path) => !/\.(png|ico|svg|woff2?|gz|db)$/.test(path) && isWritten(path))

/** Lines of `paths` that match, as `path:line text`. */
function lines(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    text(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )
}

/** Does `source` name exactly this? `prove` is not named by `proven`. */
const names = (source: string, name: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(source)

test('a file has at most 250 lines', () => {
  expect(code.filter((path) => text(path).trimEnd().split('\n').length > 250)).toEqual([])
})

test('a file is named for the thing, in kebab-case, and there is no drawer for leftovers', () => {
  const named = code.filter((path) => path.startsWith('lib/') || path.startsWith('components/'))
  expect(named.filter((path) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.(ts|tsx|mjs)$|\.py$/.test(basename(path)))).toEqual([])
  expect(code.filter((path) => /(^|[-/.])(utils?|helpers|misc|common|index)\.(tsx?|mjs)$/.test(path))).toEqual([])
})

test('no module only passes on what others export', () => {
  expect(lines(code, /^export \*/)).toEqual([])
})

test('nothing is left out of the tests, and nothing is silenced', () => {
  expect(lines(tests, /\b(test|it|describe)\.(skip|only|todo|fixme)\b/)).toEqual([])
  expect(lines(code, /@ts-(ignore|nocheck|expect-error)\b|\bas any\b/)).toEqual([])
})

test('only what puts the parts together knows that there is a simulator', () => {
  const others = code.filter((path) => !/^(lib\/(composition|cli|simulator)|e2e)\//.test(path))
  expect(lines(others, /from '.*\/simulator\//)).toEqual([])
})

test('every step has a test that names it', () => {
  const engineTests = tests.filter((path) => /^(lib\/engine|e2e)\//.test(path)).map(text)
  expect(STEP_NAMES.filter((name) => !engineTests.some((source) => names(source, name)))).toEqual([])
})

test('every write that the web may ask for has a test in which a viewer is refused', () => {
  const actions = code
    .filter((path) => path.startsWith('lib/actions/') && !tests.includes(path))
    .flatMap((path) => [...text(path).matchAll(/export const (\w+Action)\b/g)].map((match) => match[1] ?? ''))
  const refusals = tests.map(text).filter((source) => source.includes('viewer is refused'))
  expect(actions.filter((name) => !refusals.some((source) => source.includes(name)))).toEqual([])
})

test('every verb that writes leaves an audit row', () => {
  const services = code.filter((path) => path.startsWith('lib/services/') && !path.endsWith('.test.ts'))
  const verbs = services.filter((path) => text(path).includes('.transaction()'))
  expect(verbs.length).toBeGreaterThan(0)
  expect(verbs.filter((path) => !/\baudit\(tx,/.test(text(path)))).toEqual([])
})

test('nothing names the machine that it was written on, nor where packages come from', () => {
  const places = /\/work\/(main|shared)|\/root\/|\bregistry\.[a-z-]+\.[a-z]|"resolved": "http/
  expect(lines([...words, 'package-lock.json'], places)).toEqual([])
})
