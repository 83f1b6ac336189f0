import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type CloudWanted, readCloud, type Surroundings } from './clouds'
import { authBody } from './login'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})

/** Folders of a machine that nobody has configured yet. */
function machine(env: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'antipode-clouds-'))
  made.push(root)
  const around: Surroundings = { env, cwd: join(root, 'here'), home: join(root, 'home'), system: join(root, 'etc') }
  const put = (path: string, ...lines: string[]): string => {
    const file = join(root, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, lines.join('\n'))
    return file
  }
  const read = (wanted: Partial<CloudWanted> = {}) =>
    readCloud({ cloud: 'eu', clouds: null, region: null, ...wanted }, around)
  const login = (wanted: Partial<CloudWanted> = {}) => {
    const found = read(wanted)
    if (found.kind === 'mistakes') throw new Error(found.mistakes.join('\n'))
    return found.login
  }
  const mistakes = (wanted: Partial<CloudWanted> = {}) => {
    const found = read(wanted)
    return found.kind === 'mistakes' ? found.mistakes : []
  }
  return { root, put, read, login, mistakes }
}

const entry = (url: string) => [
  'clouds:',
  '  eu:',
  `    auth: { auth_url: ${url}, username: dr, password: pw-of-eu, project_name: ops }`,
]

test('clouds.yaml is looked for where OpenStack clients look, nearest first', () => {
  const { put, login } = machine()
  put('etc/clouds.yaml', ...entry('http://etc:5000'))
  expect(login().authUrl).toBe('http://etc:5000/v3')
  put('home/.config/openstack/clouds.yml', ...entry('http://home:5000/v3/'))
  expect(login().authUrl).toBe('http://home:5000/v3')
  put('here/clouds.yaml', ...entry('https://here/identity/v2.0'))
  expect(login().authUrl).toBe('https://here/identity/v3')
})

test('OS_CLIENT_CONFIG_FILE goes before the usual places, and a path of the configuration before that', () => {
  const { root, put, login } = machine({ OS_CLIENT_CONFIG_FILE: '../env.yaml' })
  put('here/clouds.yaml', ...entry('http://here'))
  put('env.yaml', ...entry('http://env'))
  put('mine.yaml', ...entry('http://mine'))
  expect(login().authUrl).toBe('http://env/v3')
  expect(login({ clouds: join(root, 'mine.yaml') }).authUrl).toBe('http://mine/v3')
})

test('a file that is not there is told with every place that was looked at', () => {
  const { root, mistakes } = machine()
  expect(mistakes()).toEqual([
    `no clouds.yaml: looked for ${root}/here/clouds.yaml, ${root}/home/.config/openstack/clouds.yaml, ${root}/etc/clouds.yaml`,
  ])
  expect(mistakes({ clouds: '/nowhere/c.yaml' })).toEqual(['no clouds.yaml: looked for /nowhere/c.yaml'])
})

test('OS_CLOUD names the cloud where the configuration does not', () => {
  const named = machine({ OS_CLOUD: 'eu' })
  named.put('here/clouds.yaml', ...entry('http://here'))
  expect(named.login({ cloud: null }).cloud).toBe('eu')
  const unnamed = machine()
  const file = unnamed.put('here/clouds.yaml', ...entry('http://here'))
  expect(unnamed.mistakes({ cloud: null })).toEqual([
    `${file}: neither openstack.cloud nor OS_CLOUD says which cloud of it is meant`,
  ])
})

test('secure.yaml is laid over clouds.yaml, from beside it or from where OS_CLIENT_SECURE_FILE says', () => {
  const { root, put, login } = machine()
  put('here/clouds.yaml', 'clouds:', '  eu:', '    auth: { auth_url: http://k, username: dr, project_name: ops }')
  put('here/secure.yaml', 'clouds:', '  eu:', '    auth: { password: 1234 }')
  expect(JSON.parse(authBody(login()))).toEqual({
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'dr', domain: { id: 'default' }, password: '1234' } },
      },
      scope: { project: { name: 'ops', domain: { id: 'default' } } },
    },
  })
  const other = machine({ OS_CLIENT_SECURE_FILE: join(root, 'here/secure.yaml') })
  other.put('etc/clouds.yaml', 'clouds:', '  eu:', '    auth: { auth_url: http://k, username: dr, project_name: ops }')
  expect(authBody(other.login())).toContain('"password":"1234"')
})

test('domains, region, interface and TLS are taken as they stand', () => {
  const { root, put, login } = machine()
  put('here/own-ca.pem', '')
  put(
    'here/clouds.yaml',
    'clouds:',
    '  eu:',
    '    auth:',
    '      { auth_url: http://k, username: dr, password: x, project_id: p1, user_domain_name: heroes }',
    '    region_name: north',
    '    interface: internal',
    '    cacert: own-ca.pem',
    '    verify: false',
  )
  expect(login()).toMatchObject({
    region: 'north',
    interface: 'internal',
    tls: { caFile: join(root, 'here/own-ca.pem'), verify: false },
    credentials: { user: { name: 'dr', domain: { name: 'heroes' } }, project: { id: 'p1' } },
  })
  expect(login({ region: 'south' }).region).toBe('south')
})

test('an application credential logs in by its id, or by its name and its user, without a scope', () => {
  const { put, login } = machine()
  const head = ['clouds:', '  eu:', '    auth_type: v3applicationcredential']
  const url = 'auth_url: http://k, application_credential_secret: s'
  put('here/clouds.yaml', ...head, `    auth: { ${url}, application_credential_id: c1 }`)
  expect(JSON.parse(authBody(login()))).toEqual({
    auth: { identity: { methods: ['application_credential'], application_credential: { id: 'c1', secret: 's' } } },
  })
  put('here/clouds.yaml', ...head, `    auth: { ${url}, application_credential_name: dr, user_id: u1 }`)
  expect(JSON.parse(authBody(login()))).toMatchObject({
    auth: { identity: { application_credential: { name: 'dr', user: { id: 'u1' }, secret: 's' } } },
  })
})

test('every mistake names file, cloud and key', () => {
  const { root, put, mistakes } = machine()
  const file = put('here/clouds.yaml', 'clouds:', '  west: {}', '  eu:', '    auth: { username: [x] }')
  expect(mistakes()).toEqual([
    `${file}: clouds.eu.auth.auth_url: is missing`,
    `${file}: clouds.eu.auth.username: is not a text`,
  ])
  expect(mistakes({ cloud: 'north' })).toEqual([`${file}: clouds.north: is missing; it has west, eu`])
  put('here/clouds.yaml', 'clouds:', '  eu: { auth: { auth_url: "ftp://k" }, interface: outer }')
  expect(mistakes()).toEqual([`${file}: clouds.eu.interface: is public, internal or admin`])
  put('here/clouds.yaml', 'clouds:', '  eu:', '    auth: { auth_url: "ftp://k" }', '    profile: rackspace')
  expect(mistakes()).toEqual([
    `${file}: clouds.eu.profile: is not known to Antipode`,
    `${file}: clouds.eu.auth.auth_url: is not an http or https URL without a user or a query`,
    `${file}: clouds.eu.auth.username: is missing`,
    `${file}: clouds.eu.auth.password: is missing, here and in secure.yaml`,
    `${file}: clouds.eu.auth.project_name: is missing; without a project a token opens no service`,
  ])
  put('here/clouds.yaml', ...entry('http://k'), '    auth_type: v3oidc')
  expect(mistakes()).toEqual([
    `${file}: clouds.eu.auth_type: is neither password nor v3applicationcredential, which are all that is known`,
  ])
  put('here/clouds.yaml', ...entry('http://k'), '    cacert: gone.pem')
  expect(mistakes()).toEqual([`${file}: clouds.eu.cacert: ${root}/here/gone.pem: no such file`])
  put('here/clouds.yaml', 'volumes: {}')
  expect(mistakes()).toEqual([`${file}: clouds: is missing`])
})

test('no message and no print of a login carries a secret', () => {
  const { put, login, mistakes } = machine()
  const file = put('here/clouds.yaml', 'clouds:', '  eu:', '    auth: { password: *pw-of-eu }', 'x: [')
  expect(mistakes()).toEqual([expect.stringMatching(new RegExp(`^${file}:\\d+ is no YAML \\(\\w+\\)$`))])
  put('here/clouds.yaml', 'clouds:', '  eu:', '    auth: { password: *pw-of-eu }')
  expect(mistakes().join()).not.toContain('pw-of-eu')
  put('here/clouds.yaml', ...entry('http://dr:pw-of-eu@k'))
  expect(mistakes().join()).not.toContain('pw-of-eu')
  put('here/clouds.yaml', ...entry('http://k'))
  expect(JSON.stringify(login())).not.toContain('pw-of-eu')
})
