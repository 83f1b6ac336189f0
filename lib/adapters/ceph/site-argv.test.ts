import { expect, test } from 'vitest'
import { behind, shellQuoted } from '@/lib/adapters/process/quote'
import { mirrorArgv } from '@/lib/ports/mirror'
import { changeArgv, isChange, readArgv } from './site-argv'

const west = { name: 'west', conf: '/etc/ceph/west.conf', user: 'admin', exec: ['ssh', 'ops@mon1'] }
const promote = ['rbd', 'mirror', 'image', 'promote', 'volumes/x']

test('a reading command carries three time-outs of Ceph and one behind the prefix', () => {
  expect(readArgv({ ...west, keyring: '/k' }, ['rbd', 'ls', 'volumes'], 15_000).join(' ')).toBe(
    'ssh ops@mon1 timeout -k 2 15 rbd --conf /etc/ceph/west.conf --id admin --keyring /k --client_mount_timeout=5 --rados_mon_op_timeout=5 --rados_osd_op_timeout=5 ls volumes',
  )
  expect(readArgv(west, ['ceph', 'status'], 15_000)).toContain('--connect-timeout')
})

test('a change carries no OSD time-out and nothing that kills, and its marker behind the prefix', () => {
  const run = changeArgv(west, promote, 'run-1.2').join(' ')
  expect(run).toBe(
    'ssh ops@mon1 env ANTIPODE_ATTEMPT=run-1.2 rbd --conf /etc/ceph/west.conf --id admin --client_mount_timeout=30 --rados_mon_op_timeout=30 mirror image promote volumes/x',
  )
  expect(changeArgv(west, promote, null).join(' ')).toBe(run.replace('env ANTIPODE_ATTEMPT=run-1.2 ', ''))
})

test('only rbd and ceph are run', () => {
  expect(() => readArgv(west, ['rm', '-rf', '/'], 1_000)).toThrow('not rm')
})

test('what changes something is known from its words', () => {
  const changes = [
    promote,
    ['rbd', 'mirror', 'snapshot', 'schedule', 'add', '1m'],
    ['ceph', 'osd', 'blocklist', 'add', 'x'],
    mirrorArgv.forcePromote('v/x'),
    mirrorArgv.endMirroring('v/x'),
    mirrorArgv.rename('v/x', 'v/x.kept'),
    ['rbd', 'mv', 'v/x', 'v/x.kept'],
    mirrorArgv.snapCreate('v/x', 'point'),
    mirrorArgv.poolEnable('v', 'image', 'west'),
    mirrorArgv.poolDisable('v'),
    mirrorArgv.peerImportToken('v', 'west', 'rx-tx'),
    mirrorArgv.peerAdd('v', 'client.east-peer', 'east', '10.0.0.1'),
    mirrorArgv.peerRemove('v', 'uuid'),
    mirrorArgv.peerDirection('v', 'uuid', 'rx-tx'),
    mirrorArgv.enableImage('v/x', 'snapshot'),
    mirrorArgv.disableImage('v/x'),
    mirrorArgv.featureEnable('v/x', 'journaling'),
    mirrorArgv.featureDisable('v/x', 'journaling'),
    mirrorArgv.flatten('v/x'),
    mirrorArgv.resync('v/x'),
  ]
  expect(changes.filter((argv) => !isChange(argv))).toEqual([])
  const looks = [
    ['rbd', 'mirror', 'image', 'status', 'v/x'],
    ['rbd', 'mirror', 'pool', 'info', 'v'],
    ['ceph', 'status'],
    // These print a secret, and run like looks.
    mirrorArgv.peerCreateToken('v', 'west'),
    mirrorArgv.peerKey('client.east-peer'),
  ]
  expect(looks.filter(isChange)).toEqual([])
})

test('a command that reads a secret runs in a shell that passes on a whole line', () => {
  const add = mirrorArgv.peerAdd('v', 'client.east-peer', 'east', '10.0.0.1')
  const here = changeArgv({ ...west, exec: [] }, add, 'run-1')
  expect(here.slice(0, 4)).toEqual(['env', 'ANTIPODE_ATTEMPT=run-1', 'sh', '-c'])
  expect(here.slice(5, 7)).toEqual(['sh', 'rbd'])
  // For ssh the script is quoted once more; it is one argument for the shell that it is given to.
  const there = changeArgv(west, add, 'run-1')
  expect(there.slice(0, 6)).toEqual(['ssh', 'ops@mon1', 'env', 'ANTIPODE_ATTEMPT=run-1', 'sh', '-c'])
  expect(there[6]).toBe(shellQuoted(here[4] ?? ''))
  expect(there.at(-1)).toBe('/dev/stdin')
  expect(changeArgv(west, promote, 'run-1')).not.toContain('sh')
})

test('ssh hands its arguments to a shell, kubectl does not', () => {
  const argv = ['rbd', 'info', "volumes/it's $HOME"]
  expect(behind(['kubectl', 'exec', 'tools', '--'], argv)).toEqual(['kubectl', 'exec', 'tools', '--', ...argv])
  expect(behind(['ssh', 'mon1'], argv)).toEqual(['ssh', 'mon1', 'rbd', 'info', `'volumes/it'\\''s $HOME'`])
  expect(behind(['/usr/bin/ssh', 'jump', 'ssh', 'mon1'], ['a b'])).toEqual([
    '/usr/bin/ssh',
    'jump',
    'ssh',
    'mon1',
    shellQuoted("'a b'"),
  ])
})
