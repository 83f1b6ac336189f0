import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { entryLogin } from './clouds-entry'
import type { CloudLogin } from './login'

/** Where to look: the process's own, but for tests. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly home: string
  /** The system's folder, `/etc/openstack`. */
  readonly system: string
}

export const surroundings = (): Surroundings => ({
  env: process.env,
  cwd: /* turbopackIgnore: true */ process.cwd(),
  home: homedir(),
  system: '/etc/openstack',
})

/** What antipode.yaml says of a site's cloud. Null: its usual place, or OS_CLOUD. */
export interface CloudWanted {
  readonly cloud: string | null
  readonly clouds: string | null
  readonly region: string | null
}

export type CloudRead =
  | { readonly kind: 'login'; readonly login: CloudLogin; readonly file: string }
  /** Each names file, cloud and key, and never a value: `/etc/openstack/clouds.yaml: clouds.eu.auth.auth_url: is missing`. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }

type Tree = Record<string, unknown>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Finds clouds.yaml as OpenStack's own clients do (the path that is named, OS_CLIENT_CONFIG_FILE, the working folder,
 * ~/.config/openstack, /etc/openstack), lays secure.yaml over it, and gives the login of one entry.
 */
export function readCloud(wanted: CloudWanted, around: Surroundings = surroundings()): CloudRead {
  const places = [around.cwd, join(around.home, '.config/openstack'), around.system]
  const named = wanted.clouds ?? around.env.OS_CLIENT_CONFIG_FILE
  const looked = named === undefined ? inPlaces(places, 'clouds') : [resolve(around.cwd, named)]
  const file = looked.find(isThere)
  if (file === undefined) return mistake(`no clouds.yaml: looked for ${looked.filter(isYaml).join(', ')}`)
  const cloud = wanted.cloud ?? around.env.OS_CLOUD
  if (cloud === undefined || cloud === '')
    return mistake(`${file}: neither openstack.cloud nor OS_CLOUD says which cloud of it is meant`)

  const clouds = cloudsIn(file)
  if (typeof clouds === 'string') return mistake(clouds)
  const entry = clouds[cloud]
  if (entry === undefined) {
    const others = Object.keys(clouds)
    return mistake(`${file}: clouds.${cloud}: is missing; it has ${others.length > 0 ? others.join(', ') : 'none'}`)
  }
  const override = around.env.OS_CLIENT_SECURE_FILE
  const beside = [dirname(file), ...places]
  const secureFile = (override === undefined ? inPlaces(beside, 'secure') : [resolve(around.cwd, override)]).find(
    isThere,
  )
  const secure = secureFile === undefined ? {} : cloudsIn(secureFile)
  if (typeof secure === 'string') return mistake(secure)

  const read = entryLogin(cloud, merged(entry, secure[cloud]), file, around.home)
  if (read.kind === 'mistakes')
    return { kind: 'mistakes', mistakes: read.mistakes.map((one) => `${file}: clouds.${cloud}.${one}`) }
  const { caFile } = read.login.tls
  if (caFile !== null && !isThere(caFile)) return mistake(`${file}: clouds.${cloud}.cacert: ${caFile}: no such file`)
  return { kind: 'login', file, login: { ...read.login, region: wanted.region ?? read.login.region } }
}

const mistake = (text: string): CloudRead => ({ kind: 'mistakes', mistakes: [text] })
const isYaml = (path: string): boolean => path.endsWith('.yaml')
const isThere = (path: string): boolean => existsSync(/* turbopackIgnore: true */ path)
const inPlaces = (places: readonly string[], name: string): readonly string[] =>
  places.flatMap((place) => ['yaml', 'yml'].map((end) => join(/* turbopackIgnore: true */ place, `${name}.${end}`)))

/** What stands under `clouds` in a file, or what is wrong with it. A parser's words may quote the file, so none is passed on. */
function cloudsIn(file: string): Tree | string {
  let text: string
  try {
    text = readFileSync(/* turbopackIgnore: true */ file, 'utf8')
  } catch (error) {
    return `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) return `${file}:${lines.linePos(error.pos[0]).line} is no YAML (${error.code})`
  let said: unknown
  try {
    said = document.toJS()
  } catch {
    return `${file}: is no YAML (an alias without its anchor)`
  }
  const clouds = isTree(said) ? said.clouds : undefined
  return isTree(clouds) ? clouds : `${file}: clouds: is missing`
}

/** `over` laid over `base`, key by key. */
function merged(base: unknown, over: unknown): unknown {
  if (over === undefined || over === null) return base
  if (!isTree(base) || !isTree(over)) return over
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(over)])].map((key) => [key, merged(base[key], over[key])]),
  )
}
