import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { helperArgv, helperPrelude } from './bootstrap'
import { decodingProgram, helperProgram, reachProgram } from './program'

const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', '']).status === 0)

function run(program: string): string {
  const { stdout, stderr, status } = spawnSync(python ?? '', ['-'], { input: program, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}
/** The value of a Python expression over the helper's decoders. */
const value = (expression: string) =>
  JSON.parse(run(`${decodingProgram}\nimport json\n${MAKE}\nprint(json.dumps(${expression}))`))

// Journal entries as journal/Entry.cc encodes them.
const MAKE = `
def entry(tag, number, data):
    body = PREAMBLE + struct.pack('<BQQI', 1, number, tag, len(data)) + data
    return body + struct.pack('<I', crc32c(body))
`

test('no line of the helper is newer than Python 3.6, which old cephadm images have', () => {
  expect(helperProgram).not.toMatch(/:=|\bmatch \w+:|removeprefix|\basync\b|from __future__ import annotations/)
})

test('the prelude tells its own length', () => {
  const prelude = helperPrelude({ conf: '/etc/ceph/ü.conf', user: 'admin', keyring: null })
  const [length = '', ...rest] = prelude.split('\n')
  const bytes = Buffer.from(rest.join('\n'))
  const settings = bytes.subarray(Number(length)).toString()
  expect(JSON.parse(settings)).toEqual({ conf: '/etc/ceph/ü.conf', user: 'admin', timeoutSec: 5 })
})

describe.skipIf(python === undefined)('in Python', () => {
  test('the whole helper compiles', () => {
    expect(run(`compile(${JSON.stringify(helperProgram)}, 'helper', 'exec')\nprint('ok')`)).toBe('ok')
  })

  test('without the binding there is one line that names the packages', () => {
    const [, ...args] = helperArgv('python3')
    const { stdout, status } = spawnSync(python ?? '', ['-S', ...args], {
      input: '',
      encoding: 'utf8',
      env: { ...process.env, ANTIPODE_PYTHON: 'tried', PYTHONPATH: '' },
    })
    expect([stdout.trim(), status]).toEqual([expect.stringContaining('python3-rbd and python3-rados'), 3])
  })

  test('the newest entry of a journal object is the one that ends where the object ends', () => {
    expect(value(`last_entry(entry(3, 8, b'abc') + entry(3, 12, b'x' * 5000))`)).toEqual([3, 12])
    expect(value(`last_entry((entry(3, 8, b'abc') + entry(3, 12, b'x' * 5000))[20:])`)).toEqual([3, 12])
    expect(value(`last_entry(entry(3, 12, b'x' * 5000)[100:])`)).toBeNull()
    expect(value(`last_entry(b'')`)).toBeNull()
  })

  test('an entry inside the data of another is no entry', () => {
    expect(value(`last_entry(entry(3, 8, b'abc') + entry(3, 12, b'..' + entry(9, 99, b'inner')))`)).toEqual([3, 12])
  })

  test('not even one that was made to end where the outer one ends', () => {
    const crafted = `PREAMBLE + struct.pack('<BQQI', 1, 99, 9, 7) + b'1234567'`
    expect(value(`last_entry(entry(3, 8, b'abc') + entry(3, 12, ${crafted}))`)).toEqual([3, 12])
  })

  test('a mirror snapshot as the OSD of Ceph 16.2.15 gave it', () => {
    const raw =
      '0101a1000000d80100000000000001012200000003000000000100000000000000' +
      '00feffffffffffffff0000000000000000000000005900000 0'.replace(' ', '') +
      Buffer.from('.mirror.primary.64aad22b-c716-49b5-b6ad-b54bbaf9a0b3.96f2b2bf-ebf0-4311-8104-9292b3c2a17a').toString(
        'hex',
      ) +
      '0000000400000000cc5d016b49dc190700000000'
    expect(value(`mirror_snapshot(bytes.fromhex('${raw}'))`)).toEqual({
      id: 472,
      state: 'primary',
      complete: true,
      peerUuids: [],
      primaryMirrorUuid: '',
      primarySnapId: null,
      takenAt: 1795251660119,
    })
  })

  test('a snapshot of the user’s own is told by its name from those of mirroring', () => {
    // SnapshotInfo up to its name: id, namespace (its type, then what the type has), name.
    const info = (type: number, more: string, name: string) =>
      `struct.pack('<BBIQBBII', 1, 1, 18 + ${more.length} + 4 + ${name.length}, 7, 1, 1, 4 + ${more.length}, ${type}) + b'${more}' + packed('${name}')`
    expect(value(`user_snapshot(${info(0, '', 'point')})`)).toBe('point')
    expect(value(`user_snapshot(${info(3, 'rest of it', '.mirror.primary.x')})`)).toBeNull()
    expect(value(`user_snapshot(${info(2, '', 'trashed')})`)).toBeNull()
  })

  test('addresses are tried side by side, in every form that a monitors’ map has', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const open = [`127.0.0.1:${port}`, `v2:127.0.0.1:${port}/0`, `127.0.0.1:${port}/3141`]
    // 192.0.2.0/24 is for documentation: nobody is there to refuse.
    const others = ['127.0.0.1:1', '[::1]:1', 'nonsense', '192.0.2.1:3300']
    const params = JSON.stringify({ addresses: [...open, ...others], timeoutMs: 300 })
    const program = `${reachProgram}\nimport json\nprint(json.dumps(net_reach(json.loads('${params}'))))`
    // Not run(): the server answers on this thread.
    const { stdout } = await promisify(execFile)(python ?? '', ['-c', program])
    server.close()
    const { results } = JSON.parse(stdout) as { results: { address: string; reached: boolean; text: string }[] }
    expect(results.map(({ address }) => address)).toEqual([...open, ...others])
    expect(results.map(({ reached }) => reached)).toEqual([true, true, true, false, false, false, false])
    expect(results[0]?.text).toBe('accepted')
    expect(results[3]?.text).toBe('refused')
    expect(results[5]?.text).toBe('no address of the form host:port')
  })

  test('a mirror image, a parent, features', () => {
    const mirror = `b'\\x02\\x01*\\x00\\x00\\x00$\\x00\\x00\\x0064aad22b-c716-49b5-b6ad-b54bbaf9a0b3\\x01\\x01'`
    expect(value(`mirror_image(Reader(${mirror}))`)).toEqual({
      globalId: '64aad22b-c716-49b5-b6ad-b54bbaf9a0b3',
      state: 'enabled',
      mode: 'snapshot',
    })
    const parent = `b'\\x01\\x01$\\x00\\x00\\x00\\x03\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x0c\\x00\\x00\\x00101b861f354b\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x00'`
    expect(value(`parent_spec(${parent})`)).toEqual([3, '', '101b861f354b'])
    expect(value(`features(struct.pack('<QQ', 61, 1))`)).toEqual([
      'layering',
      'exclusive-lock',
      'object-map',
      'fast-diff',
      'deep-flatten',
    ])
  })
})
