import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadConfig } from './load-config'
import { siteOfTarget } from './openstack-config'

const folder = mkdtempSync(join(tmpdir(), 'antipode-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'ceph'))
writeFileSync(join(folder, 'ceph/west.conf'), '')

function load(...lines: string[]) {
  const file = join(folder, 'antipode.yaml')
  writeFileSync(file, lines.join('\n'))
  return loadConfig(file, 'antipode.yaml')
}

function mistakesOf(...lines: string[]): readonly string[] {
  const loaded = load(...lines)
  return loaded.kind === 'mistakes' ? loaded.mistakes : []
}

const west = ['sites:', '  - name: west', '    ceph: { conf: ceph/west.conf }']

test('a short file gets its defaults, durations in seconds, and paths from its own folder', () => {
  expect(load('objectives: { rpo: 90s, rto: 1h }', ...west)).toEqual({
    kind: 'config',
    config: {
      name: 'Antipode',
      objectives: { rpo: 90, rto: 3600 },
      pools: {},
      sampling: { cpuPercent: 10 },
      limits: { changesPerCluster: 8 },
      sites: [{ name: 'west', ceph: { conf: join(folder, 'ceph/west.conf'), user: 'admin', exec: [] } }],
    },
  })
})

test('a missing file is named as it was called', () => {
  expect(loadConfig(join(folder, 'nowhere.yaml'), 'nowhere.yaml')).toEqual({
    kind: 'mistakes',
    mistakes: ['nowhere.yaml: no such file'],
  })
})

test('a mistake in the syntax names its line', () => {
  expect(mistakesOf('name: x', 'sites: [')).toEqual([expect.stringMatching(/^antipode\.yaml:2 flow sequence/)])
})

test('an empty file is told what it needs', () => {
  expect(mistakesOf('# nothing yet')).toEqual(['antipode.yaml:1 the file says nothing; it needs at least "sites"'])
})

test('an unknown key names line and path and the key that was probably meant', () => {
  expect(mistakesOf(...west, '  - name: east', '    ceph:', '      conf: ceph/west.conf', '      usr: admin')).toEqual([
    'antipode.yaml:7 sites[1].ceph.usr: unknown key; did you mean user?',
  ])
  expect(mistakesOf('colour: red', ...west)).toEqual(['antipode.yaml:1 colour: unknown key'])
})

test('a bad duration names its line and says how a duration is written', () => {
  const how = 'a duration is a whole number and a unit: 30s, 2m, 1h, 1d'
  expect(mistakesOf('objectives:', '  rpo: soon', '  rto: 30', ...west)).toEqual([
    `antipode.yaml:2 objectives.rpo: ${how}`,
    `antipode.yaml:3 objectives.rto: ${how}`,
  ])
})

test('two sites of one name are refused at the second', () => {
  expect(mistakesOf(...west, '  - name: west', '    ceph: { conf: ceph/west.conf }')).toEqual([
    'antipode.yaml:4 sites[1].name: two sites are named west',
  ])
})

test('what is missing is missed where it should stand', () => {
  expect(mistakesOf('name: x')).toEqual(['antipode.yaml:1 sites: is missing'])
  expect(mistakesOf('sites:', '  - name: west', '    ceph:', '      user: admin')).toEqual([
    'antipode.yaml:4 sites[0].ceph.conf: is missing',
  ])
})

test('all mistakes are told, in the order of the file', () => {
  expect(mistakesOf('nam: x', 'objectives: { rpo: 2x, rto: 1m }', ...west)).toEqual([
    'antipode.yaml:1 nam: unknown key; did you mean name?',
    'antipode.yaml:2 objectives.rpo: a duration is a whole number and a unit: 30s, 2m, 1h, 1d',
  ])
})

test('an objective for the pool of an unknown site is refused', () => {
  expect(mistakesOf('pools:', '  west~mars/volumes: { rpo: 1m }', ...west)).toEqual([
    'antipode.yaml:2 pools.west~mars/volumes: no site is named mars',
  ])
})

const east = ['  - name: east', '    ceph: { conf: ceph/west.conf }']

test('the pair of a pool in the other order is refused with the order that is meant, at the line of its key', () => {
  expect(mistakesOf('pools:', '  west~east/volumes:', '    rpo: 1m', ...west, ...east)).toEqual([
    'antipode.yaml:2 pools.west~east/volumes: the sites of a pair stand in alphabetical order: write east~west/volumes',
  ])
  const right = load('pools:', '  east~west/volumes: { rpo: 1m }', ...west, ...east)
  expect(right).toMatchObject({ kind: 'config', config: { pools: { 'east~west/volumes': { rpo: 60 } } } })
})

test('a key of pools that fits no pool is refused and not passed over', () => {
  const how = 'a pool is named by its name, or by two sites and its name: siteA~siteB/pool'
  for (const key of ['west/volumes', 'west~west/volumes', 'east~west/'])
    expect(mistakesOf('pools:', `  ${key}: { rpo: 1m }`, ...west, ...east)).toEqual([
      `antipode.yaml:2 pools.${key}: ${how}`,
    ])
})

test('a conf file that is not there is told, except behind an exec prefix, where only the site can know', () => {
  expect(mistakesOf('sites:', '  - name: west', '    ceph: { conf: gone.conf }')).toEqual([
    `antipode.yaml:3 sites[0].ceph.conf: ${join(folder, 'gone.conf')}: no such file`,
  ])
  expect(load('sites:', '  - name: west', '    ceph: { conf: gone.conf, exec: [ssh, mon1] }').kind).toBe('config')
})

test('a program of an exec prefix that begins with a dot is found from the folder of the file', () => {
  const loaded = load('sites:', '  - name: west', '    ceph: { conf: ceph/west.conf, exec: [./through, -q] }')
  expect(loaded.kind === 'config' && loaded.config.sites[0]?.ceph.exec).toEqual([join(folder, 'through'), '-q'])
})

const withCloud = (...lines: string[]) => [...west, ...lines.map((line) => `    ${line}`), ...east]

writeFileSync(
  join(folder, 'clouds.yaml'),
  'clouds: { eu: { auth: { auth_url: "http://keystone:5000", username: dr, password: hidden, project_name: ops } } }',
)

test('a cloud is found from the folder of the file, and stays found from any other', () => {
  const loaded = load(...withCloud('openstack: { cloud: eu, clouds: clouds.yaml, controllerExec: [./through, -q] }'))
  expect(loaded.kind === 'config' && loaded.config.sites[0]?.openstack).toEqual({
    cloud: 'eu',
    clouds: join(folder, 'clouds.yaml'),
    controllerExec: [join(folder, 'through'), '-q'],
    backends: {},
  })
})

test('a mistake in clouds.yaml is told where the cloud is named, with file, cloud and key', () => {
  writeFileSync(join(folder, 'half.yaml'), 'clouds: { eu: { auth: { auth_url: "http://keystone:5000" } } }')
  expect(mistakesOf(...withCloud('openstack: { cloud: eu, clouds: half.yaml }'))).toEqual(
    ['username: is missing', 'password: is missing, here and in secure.yaml', 'project_name: is missing; '].map(
      (what) =>
        expect.stringContaining(
          `antipode.yaml:4 sites[0].openstack: ${join(folder, 'half.yaml')}: clouds.eu.auth.${what}`,
        ),
    ),
  )
})

test('what a target of a backend is said to be is a site, another one, and never the way back', () => {
  const backends = (host: string, targets: string) =>
    withCloud('openstack:', '  cloud: eu', '  clouds: clouds.yaml', `  backends: { ${host}: { targets: ${targets} } }`)
  const at = 'antipode.yaml:7 sites[0].openstack.backends.cinder@ceph'
  expect(mistakesOf(...backends('cinder@ceph', '{ far: mars, near: west, default: east }'))).toEqual([
    `${at}.targets.far: no site is named mars`,
    `${at}.targets.near: a target of west is another site than itself`,
    `${at}.targets.default: default is the way back, and always west itself`,
  ])
  expect(mistakesOf(...backends("'cinder@ceph#ceph'", '{ far: east }'))).toEqual([
    expect.stringMatching(/^antipode\.yaml:7 sites\[0\]\.openstack\.backends\.cinder@ceph#ceph: /),
  ])
  expect(load(...backends('cinder@ceph', '{ far: east }')).kind).toBe('config')
})

test('a controller is an argv prefix and no shell line', () => {
  expect(mistakesOf(...withCloud('openstack: { cloud: eu, clouds: clouds.yaml, controllerExec: ssh ctl1 }'))).toEqual([
    'antipode.yaml:4 sites[0].openstack.controllerExec: a list of words, as argv has them, and no shell line',
  ])
})

test('the site behind a target is the mapped one, or of two sites the other one', () => {
  const mapped = { name: 'west', openstack: { backends: { 'cinder@ceph': { targets: { far: 'north' } } } } }
  const three = [mapped, { name: 'east' }, { name: 'north' }]
  expect(siteOfTarget(three, 'west', 'cinder@ceph', 'far')).toBe('north')
  expect(siteOfTarget(three, 'west', 'cinder@ceph', 'near')).toBeNull()
  expect(siteOfTarget(three, 'west', 'other@ceph', 'default')).toBe('west')
  expect(siteOfTarget([{ name: 'west' }, { name: 'east' }], 'west', 'cinder@ceph', 'any')).toBe('east')
})
