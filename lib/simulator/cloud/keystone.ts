import { textBits, uuidAt } from '../random'
import { notFound, ok, Refusal, type Said, UNAUTHORIZED } from './answers'
import { catalogue, ROLES } from './catalogue'
import type { Cloud } from './cloud'
import { authUrlOf, originOf, SIMULATED_PASSWORD, type UserSpec } from './cloud-spec'
import { type Asked, type Route, routed } from './requests'
import { zulu } from './times'
import { issue, read, type Token } from './tokens'

const DOMAIN = { id: 'default', name: 'Default' }
const PASSES_ROLES: Readonly<Record<UserSpec['role'], readonly string[]>> = {
  admin: ['admin', 'member', 'reader'],
  member: ['member', 'reader'],
  reader: ['reader'],
}

const no = (cloud: Cloud): Refusal =>
  new Refusal(401, UNAUTHORIZED, { 'www-authenticate': `Keystone uri="${authUrlOf(cloud.site)}"` })

/** What an application credential of this user is called, and its secret. */
export const credentialOf = (cloud: { seed: number; site: string }, user: string): { id: string; secret: string } => ({
  id: uuidAt(cloud.seed, textBits(`${cloud.site} credential ${user}`), 1).replaceAll('-', ''),
  secret: `${SIMULATED_PASSWORD}-${user}`,
})

interface Named {
  readonly id?: string
  readonly name?: string
}

interface AuthBody {
  readonly auth?: {
    readonly identity?: {
      readonly methods?: readonly string[]
      readonly password?: { readonly user?: Named & { readonly password?: string } }
      readonly application_credential?: { readonly id?: string; readonly secret?: string }
    }
    readonly scope?: { readonly project?: Named; readonly system?: { readonly all?: boolean }; readonly domain?: Named }
  }
}

interface LoggedIn {
  readonly user: UserSpec
  readonly method: Token['method']
}

/** Keystone has one refusal for a wrong password, an unknown project and a missing role. */
function loggedIn(cloud: Cloud, { auth }: AuthBody): LoggedIn {
  const identity = auth?.identity
  if (identity?.methods?.includes('password') === true) {
    const asked = identity.password?.user
    const user = cloud.spec.users.find(
      ({ name }) => name === asked?.name || (asked?.id !== undefined && cloud.userId(name) === asked.id),
    )
    if (user !== undefined && asked?.password === SIMULATED_PASSWORD) return { user, method: 'password' }
  }
  if (identity?.methods?.includes('application_credential') === true) {
    const asked = identity.application_credential
    const user = cloud.spec.users.find(({ name }) => credentialOf(cloud, name).id === asked?.id)
    if (user !== undefined && credentialOf(cloud, user.name).secret === asked?.secret)
      return { user, method: 'application_credential' }
  }
  throw no(cloud)
}

/** `POST /v3/auth/tokens`. */
export function issueToken(cloud: Cloud, body: unknown): Said {
  const asked = (body ?? {}) as AuthBody
  const { user, method } = loggedIn(cloud, asked)
  const scope = asked.auth?.scope
  if (scope?.domain !== undefined) throw no(cloud)
  if (scope?.system !== undefined && user.role !== 'admin') throw no(cloud)
  const wanted = scope?.project
  const project =
    wanted === undefined
      ? null
      : (cloud.spec.projects.find((name) => name === wanted.name || cloud.projectId(name) === wanted.id) ?? '')
  if (project === '' || (project !== null && project !== user.project)) throw no(cloud)
  const mine = method === 'application_credential' ? user.project : project
  const scoped = mine !== null || scope?.system !== undefined
  const roles = scoped ? PASSES_ROLES[user.role] : []
  const [text, token] = issue(cloud.seed, { user: user.name, project: mine, roles, method }, cloud.now())
  return { status: 201, headers: { 'x-subject-token': text }, body: { token: shownToken(cloud, token) } }
}

function shownToken(cloud: Cloud, token: Token): object {
  const project =
    token.project === null ? null : { domain: DOMAIN, id: cloud.projectId(token.project), name: token.project }
  return {
    methods: [token.method],
    user: { domain: DOMAIN, id: cloud.userId(token.user), name: token.user, password_expires_at: null },
    audit_ids: [uuidAt(cloud.seed, 81, token.issuedAt % 1_000_000).slice(0, 22)],
    expires_at: zulu(token.expiresAt).replace('Z', '.000000Z'),
    issued_at: zulu(token.issuedAt).replace('Z', '.000000Z'),
    ...(project === null ? {} : { project, is_domain: false }),
    ...(token.roles.length === 0 ? {} : { roles: token.roles.map((name) => ({ id: ROLES[name] ?? name, name })) }),
    ...(token.roles.length === 0 ? {} : { catalog: catalogue(cloud, project?.id ?? null) }),
  }
}

const projectShown = (cloud: Cloud, name: string): object => ({
  id: cloud.projectId(name),
  name,
  domain_id: 'default',
  description: '',
  enabled: true,
  parent_id: 'default',
  is_domain: false,
  tags: [],
  options: {},
  links: { self: `${authUrlOf(cloud.site)}/projects/${cloud.projectId(name)}` },
})

const listed = (cloud: Cloud, path: string, key: string, rows: readonly object[]): Said =>
  ok({ [key]: rows, links: { next: null, self: `${authUrlOf(cloud.site)}${path}`, previous: null } })

const version = (cloud: Cloud): object => ({
  id: 'v3.14',
  status: 'stable',
  updated: '2020-04-07T00:00:00Z',
  links: [{ rel: 'self', href: `${authUrlOf(cloud.site)}/` }],
  'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
})

const onlyAdmin = (asked: Asked, rule: string): void => {
  if (!asked.token.roles.includes('admin'))
    throw new Refusal(403, `You are not authorized to perform the requested action: identity:${rule}.`)
}

const ROUTES: readonly Route[] = [
  ['GET', /^\/auth\/tokens$/, (cloud, asked) => ok({ token: shownToken(cloud, subject(cloud, asked)) })],
  [
    'GET',
    /^\/auth\/catalog$/,
    (cloud, asked) => listed(cloud, '/auth/catalog', 'catalog', catalogue(cloud, asked.projectId || null)),
  ],
  [
    'GET',
    /^\/auth\/projects$/,
    (cloud, { token }) => {
      const mine = cloud.spec.users.find(({ name }) => name === token.user)?.project
      return listed(cloud, '/auth/projects', 'projects', mine === undefined ? [] : [projectShown(cloud, mine)])
    },
  ],
  [
    'GET',
    /^\/projects$/,
    (cloud, asked) => {
      onlyAdmin(asked, 'list_projects')
      return listed(
        cloud,
        '/projects',
        'projects',
        cloud.spec.projects.map((name) => projectShown(cloud, name)),
      )
    },
  ],
  [
    'GET',
    /^\/users$/,
    (cloud, asked) => {
      onlyAdmin(asked, 'list_users')
      const shown = cloud.spec.users.map(({ name }) => ({
        id: cloud.userId(name),
        name,
        domain_id: 'default',
        enabled: true,
        password_expires_at: null,
        options: {},
        links: { self: `${authUrlOf(cloud.site)}/users/${cloud.userId(name)}` },
      }))
      return listed(cloud, '/users', 'users', shown)
    },
  ],
  [
    'GET',
    /^\/regions$/,
    (cloud) => {
      const links = { self: `${authUrlOf(cloud.site)}/regions/${cloud.spec.region}` }
      return listed(cloud, '/regions', 'regions', [
        { id: cloud.spec.region, description: '', parent_region_id: null, links },
      ])
    },
  ],
]

function subject(cloud: Cloud, asked: Asked): Token {
  const token = read(cloud.seed, asked.headers['x-subject-token'], cloud.now())
  if (token === null) throw notFound('Could not find token.')
  return token
}

/** What Keystone answers; `asked` is null where there was no token that it issued. */
export function keystone(cloud: Cloud, method: string, path: string, body: unknown, asked: Asked | null): Said {
  if (path === '/' || path === '')
    return {
      status: 300,
      headers: { location: `${originOf(cloud.site, 'identity')}/v3/` },
      body: { versions: { values: [version(cloud)] } },
    }
  const under = path.replace(/^\/v3/, '')
  if (under === '' || under === '/') return ok({ version: version(cloud) })
  if (method === 'POST' && under === '/auth/tokens') return issueToken(cloud, body)
  if (asked === null) throw no(cloud)
  const found = routed(ROUTES, method, under)
  if (found === null) throw notFound('Not Found')
  return found.answer(cloud, asked, found.ids) as Said
}
