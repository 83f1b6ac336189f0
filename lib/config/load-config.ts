import { accessSync, constants, readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Config, ConfigSchema, type SiteConfig } from './config'
import { cloudMistakes, withCloudFound } from './openstack-config'
import { keysAt, nearest } from './schema-keys'

/** The configuration, or every mistake in it, each one line: `antipode.yaml:7 sites[1].ceph.usr: unknown key`. */
export type LoadedConfig =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }

/**
 * Reads `file`, and the clouds.yaml that it leads to; its relative paths are relative to its own folder. `shown` is how
 * the operator called it.
 */
export function loadConfig(file: string, shown = file): LoadedConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return mistakes([`${shown}: ${fileProblem(error)}`])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => `${shown}:${Math.max(lines.linePos(offset).line, 1)}`
  if (document.errors.length > 0) {
    return mistakes(document.errors.map((error) => `${at(error.pos[0])} ${lowerFirst(error.message)}`))
  }
  if (document.contents === null) return mistakes([`${shown}:1 the file says nothing; it needs at least "sites"`])

  const parsed = ConfigSchema.safeParse(document.toJS())
  if (!parsed.success) {
    const found = parsed.error.issues.flatMap((issue) => told(issue, document)).sort((a, b) => a.offset - b.offset)
    return mistakes(found.map(({ offset, text }) => `${at(offset)} ${text}`))
  }
  const config = { ...parsed.data, sites: parsed.data.sites.map((site) => withPaths(site, dirname(resolve(file)))) }
  const missing = config.sites.flatMap((site, index) => [
    ...unreadable(site).map(({ key, problem }) => {
      const path = ['sites', index, 'ceph', key]
      return `${at(offsetOf(document, path))} ${pathText(path)}: ${problem}`
    }),
    ...cloudMistakes(site.openstack).map(
      (problem) => `${at(keyOffset(document, ['sites', index], 'openstack'))} sites[${index}].openstack: ${problem}`,
    ),
  ])
  return missing.length > 0 ? mistakes(missing) : { kind: 'config', config }
}

const mistakes = (list: readonly string[]): LoadedConfig => ({ kind: 'mistakes', mistakes: list })

function fileProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EISDIR') return 'a folder, not a file'
  return code === 'EACCES' ? 'not readable by this user' : String(error)
}

function told(issue: z.core.$ZodIssue, document: Document): readonly { offset: number; text: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = nearest(key, keysAt(ConfigSchema, issue.path))
      const hint = meant === null ? '' : `; did you mean ${meant}?`
      return {
        offset: keyOffset(document, issue.path, key),
        text: `${pathText([...issue.path, key])}: unknown key${hint}`,
      }
    })
  }
  const absent = issue.path.length > 0 && !document.hasIn(issue.path)
  const message = absent && issue.code === 'invalid_type' ? 'is missing' : lowerFirst(issue.message)
  const key = issue.path.at(-1)
  // A value may stand in a line below its key; the key is what somebody looks for.
  const offset =
    typeof key === 'string' ? keyOffset(document, issue.path.slice(0, -1), key) : offsetOf(document, issue.path)
  return [{ offset, text: `${pathText(issue.path) || 'the file'}: ${message}` }]
}

/** Where the thing at `path` stands, or the nearest thing around it where it is missing. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function keyOffset(document: Document, path: readonly PropertyKey[], key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true)
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined
  return pair !== undefined && isNode(pair.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path)
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function withPaths(site: SiteConfig, folder: string): SiteConfig {
  const { conf, keyring, exec } = site.ceph
  const [program, ...rest] = exec
  const local = program?.startsWith('./') || program?.startsWith('../')
  return {
    ...site,
    ...(site.openstack === undefined ? {} : { openstack: withCloudFound(site.openstack, folder) }),
    ceph: {
      ...site.ceph,
      conf: absolute(conf, folder),
      ...(keyring === undefined ? {} : { keyring: absolute(keyring, folder) }),
      exec: local && program !== undefined ? [resolve(folder, program), ...rest] : exec,
    },
  }
}

const absolute = (path: string, folder: string): string => (isAbsolute(path) ? path : resolve(folder, path))

/** Behind an exec prefix the files are somewhere else, and only the site itself can say whether they are there. */
function unreadable({ ceph }: SiteConfig): readonly { key: 'conf' | 'keyring'; problem: string }[] {
  if (ceph.exec.length > 0) return []
  return (['conf', 'keyring'] as const).flatMap((key) => {
    const path = ceph[key]
    if (path === undefined) return []
    try {
      accessSync(path, constants.R_OK)
      return []
    } catch (error) {
      return [{ key, problem: `${path}: ${fileProblem(error)}` }]
    }
  })
}
