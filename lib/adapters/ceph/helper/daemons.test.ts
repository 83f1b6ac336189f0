import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { daemonsProgram } from './program'

const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', '']).status === 0)

const METADATA = { ceph_version_short: '16.2.15', hostname: 'vm', id: 'site-b', instance_id: '4166' }
/** As the lab's mgr told it: a daemon with peers in pool 1 and none in pool 7. */
const TOLD = JSON.stringify({
  '1': { name: 'volumes', callouts: {}, image_local_count: 505, instance_id: '4168', leader: true },
  '2': {
    name: 'images',
    callouts: { '1': { level: 'warning', text: 'unable to connect to remote cluster' } },
    instance_id: '4170',
    leader: true,
  },
  '3': {
    name: 'vms',
    callouts: { '1': { level: 'warning', text: 'slow' }, '2': { level: 'error', text: 'blocklisted' } },
    instance_id: '4172',
  },
})

/** What the helper makes of a daemon's status for a pool. */
function daemon(status: object, pool: number) {
  const args = [JSON.stringify({ metadata: METADATA }), JSON.stringify(status)]
    .map((text) => `json.loads(${JSON.stringify(text)})`)
    .join(', ')
  const input = `${daemonsProgram}\nprint(json.dumps(mirror_daemon('4166', ${args}, ${pool})))`
  const { stdout, stderr, status: exit } = spawnSync(python ?? '', ['-'], { input, encoding: 'utf8' })
  if (exit !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

test.skipIf(python === undefined).each([
  ['serves a pool', { json: TOLD }, 1, { instanceId: '4168', leader: true, health: 'OK', callouts: [] }],
  ['has no peer in it', { json: TOLD }, 7, { instanceId: '', leader: false, health: 'OK', callouts: [] }],
  ['warns', { json: TOLD }, 2, { leader: true, health: 'WARNING', callouts: ['unable to connect to remote cluster'] }],
  ['fails', { json: TOLD }, 3, { leader: false, health: 'ERROR', callouts: ['slow', 'blocklisted'] }],
  ['has only just begun', {}, 1, { instanceId: '', health: 'WARNING', callouts: ['not reporting status'] }],
])('a daemon that %s', (_, status, pool, expected) => {
  expect(daemon(status, pool)).toMatchObject({
    serviceId: '4166',
    clientId: 'site-b',
    hostname: 'vm',
    version: '16.2.15',
    ...expected,
  })
})
