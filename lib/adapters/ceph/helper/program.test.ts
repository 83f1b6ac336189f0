import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { helperArgv, helperPrelude } from './bootstrap'
import { decodingProgram, helperProgram } from './program'

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
