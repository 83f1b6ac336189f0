import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { Secret } from '@/lib/ports/secret'
import type { CloudLogin, Credentials, Named } from './login'

/** YAML takes a password of digits for a number; everybody means the digits. */
const text = z.union([z.string().min(1), z.number()], 'is not a text').transform(String)

const Auth = z.looseObject({
  auth_url: text,
  username: text.optional(),
  user_id: text.optional(),
  password: text.optional(),
  project_name: text.optional(),
  project_id: text.optional(),
  user_domain_name: text.optional(),
  user_domain_id: text.optional(),
  project_domain_name: text.optional(),
  project_domain_id: text.optional(),
  application_credential_id: text.optional(),
  application_credential_name: text.optional(),
  application_credential_secret: text.optional(),
})
type Auth = z.output<typeof Auth>

/** Keys of an entry that would change where requests go, or who sends them: not known here, so not passed over. */
const UNSUPPORTED = ['profile', 'cloud', 'cert', 'key'] as const

const Entry = z.looseObject({
  auth: Auth,
  auth_type: z.string().default('password'),
  region_name: text.optional(),
  interface: z.enum(['public', 'internal', 'admin'], 'is public, internal or admin').optional(),
  endpoint_type: z.string().optional(),
  cacert: text.optional(),
  verify: z.boolean('is true or false').optional(),
  insecure: z.boolean('is true or false').optional(),
  identity_api_version: text.optional(),
})

export type EntryRead =
  | { readonly kind: 'login'; readonly login: CloudLogin }
  /** Each is `KEY: what is wrong`, the key from the entry on: `auth.auth_url: is missing`. Never a value. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }

/** One entry of clouds.yaml, secure.yaml merged into it. `file`: its relative paths are from there. */
export function entryLogin(cloud: string, raw: unknown, file: string, home: string): EntryRead {
  const parsed = Entry.safeParse(raw)
  if (!parsed.success) return { kind: 'mistakes', mistakes: parsed.error.issues.map((issue) => told(issue, raw)) }
  const entry = parsed.data
  const mistakes = UNSUPPORTED.filter((key) => key in entry).map((key) => `${key}: is not known to Antipode`)
  mistakes.push(
    ...Object.keys(entry)
      .filter((key) => key.endsWith('_endpoint_override'))
      .map((key) => `${key}: is not known to Antipode, which takes the catalogue's`),
  )
  if (entry.identity_api_version !== undefined && !/^3(\.\d+)?$/.test(entry.identity_api_version))
    mistakes.push('identity_api_version: only 3 is known')
  const url = authUrl(entry.auth.auth_url)
  if (url === null) mistakes.push('auth.auth_url: is not an http or https URL without a user or a query')
  const credentials = credentialsOf(entry.auth_type, entry.auth)
  if (Array.isArray(credentials)) mistakes.push(...credentials)
  const wanted = entry.interface ?? entry.endpoint_type?.replace(/URL$/, '') ?? 'public'
  const side = (['public', 'internal', 'admin'] as const).find((one) => one === wanted)
  if (side === undefined) mistakes.push('endpoint_type: is public, internal or admin')
  if (mistakes.length > 0 || url === null || Array.isArray(credentials) || side === undefined)
    return { kind: 'mistakes', mistakes }
  return {
    kind: 'login',
    login: {
      cloud,
      authUrl: url,
      credentials,
      region: entry.region_name ?? null,
      interface: side,
      tls: {
        caFile: entry.cacert === undefined ? null : place(entry.cacert, file, home),
        verify: (entry.verify ?? true) && !(entry.insecure ?? false),
      },
    },
  }
}

function told({ path, message, code }: z.core.$ZodIssue, raw: unknown): string {
  const at = path.reduce<unknown>((here, key) => (here as Record<PropertyKey, unknown> | undefined)?.[key], raw)
  const what = at === undefined ? 'is missing' : code === 'invalid_type' ? 'is not what belongs there' : message
  return path.length === 0 ? 'is not a list of keys and values' : `${path.join('.')}: ${what}`
}

/** With `/v3`, which clouds.yaml may leave out; null where it is no URL, or carries a secret of its own. */
function authUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') return null
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v[\d.]+$/, '')
  return `${url.origin}${path}/v3`
}

function credentialsOf(type: string, auth: Auth): Credentials | string[] {
  if (/^(v3)?password$/.test(type)) {
    const user = named(auth, 'user')
    const project = named(auth, 'project')
    const missing = [
      ...(user === null ? ['auth.username: is missing'] : []),
      ...(auth.password === undefined ? ['auth.password: is missing, here and in secure.yaml'] : []),
      ...(project === null ? ['auth.project_name: is missing; without a project a token opens no service'] : []),
    ]
    if (user === null || project === null || auth.password === undefined) return missing
    return { kind: 'password', user, project, password: new Secret(auth.password) }
  }
  if (type !== 'v3applicationcredential')
    return ['auth_type: is neither password nor v3applicationcredential, which are all that is known']
  if (auth.application_credential_secret === undefined)
    return ['auth.application_credential_secret: is missing, here and in secure.yaml']
  const secret = new Secret(auth.application_credential_secret)
  if (auth.application_credential_id !== undefined)
    return { kind: 'application-credential', id: auth.application_credential_id, secret }
  const user = named(auth, 'user')
  if (auth.application_credential_name === undefined || user === null)
    return ['auth.application_credential_id: is missing, and so is a name with a user']
  return { kind: 'named-application-credential', name: auth.application_credential_name, user, secret }
}

function named(auth: Auth, what: 'user' | 'project'): Named | null {
  const id = what === 'user' ? auth.user_id : auth.project_id
  if (id !== undefined) return { id }
  const name = what === 'user' ? auth.username : auth.project_name
  if (name === undefined) return null
  const domainName = what === 'user' ? auth.user_domain_name : auth.project_domain_name
  const domainId = what === 'user' ? auth.user_domain_id : auth.project_domain_id
  if (domainId !== undefined) return { name, domain: { id: domainId } }
  // As OpenStack's own client has it where nothing is said.
  return { name, domain: domainName === undefined ? { id: 'default' } : { name: domainName } }
}

function place(path: string, file: string, home: string): string {
  if (path.startsWith('~/')) return join(home, path.slice(2))
  return isAbsolute(path) ? path : resolve(dirname(file), path)
}
