import { describe, expect, test } from 'vitest'
import type { CommandResult } from '@/lib/ports/channel'
import captured from './captures/failures.json'
import { complaint, failure } from './failure'

const result = (exit: number | null, stderr: string): CommandResult => ({
  exit,
  stdout: '',
  stderr,
  durationMs: 5_000,
  overdue: exit === null,
})

/** What each captured failure is: kind, and a part of the line that the operator reads. */
const EXPECTED: Readonly<Record<string, readonly [string, RegExp]>> = {
  'err-cinder-demote': ['refused', /mirroring not enabled on the image/],
  'err-cinder-forbidden-pool': ['denied', /capabilities/],
  'err-demote-nonprimary-journal': ['refused', /image is not primary/],
  'err-demote-nonprimary-snap': ['refused', /image is not primary/],
  'err-disable-nonprimary': ['refused', /mirrored image is not primary/],
  'err-disabled-pool-enable-image2': ['refused', /mirroring is not enabled on a pool/],
  'err-disabled-pool-promote': ['refused', /mirroring not enabled on the pool/],
  'err-enable-child-of-unmirrored-journal': ['refused', /mirroring is not enabled for the parent/],
  'err-enable-twice-other-mode': ['refused', /invalid current image mirror mode/],
  'err-missing-conf': ['missing', /configuration file/],
  'err-no-such-user': ['missing', /no keyring/],
  'err-noexist-image-promote': ['missing', /error opening image nope/],
  'err-noexist-pool-info': ['missing', /error opening pool/],
  'err-promote-already-primary': ['refused', /image is already primary/],
  'err-promote-already-primary-snap': ['refused', /image is already primary/],
  'err-promote-on-B-remote-primary-journal': ['refused', /demotion is not propagated yet$/],
  'err-promote-on-B-remote-primary-snap': ['refused', /demotion is not propagated yet$/],
  'err-resync-primary': ['refused', /image is primary, cannot resync to itself/],
  'err-snapshot-of-journal-image': ['refused', /snapshot based mirroring not enabled/],
  'err-snapshot-of-nonprimary': ['refused', /previous snapshot is non-primary/],
  'err-unknown-user-with-key': ['denied', /refused the key/],
  'err-wrong-key-ceph': ['denied', /refused the key/],
  'err-wrong-key-rbd': ['denied', /refused the key/],
  'err-rm-nonprimary-journal': ['refused', /./],
  'err-usage': ['refused', /unknown option/],
  'err-resize-nonprimary': ['refused', /Read-only file system/],
  'dead-all-ceph-connect-timeout-5': ['unreachable', /monitors do not answer/],
  'dead-all-ceph-clientmount-5': ['unreachable', /timed out/],
  'dead-all-rbd-clientmount-5': ['unreachable', /Connection timed out/],
  'dead-all-rbd-demote-clientmount-5': ['unreachable', /couldn't connect/],
  'dead-all-rbd-monopto-5': ['unreachable', /no answer within 5 s/],
  'dead-osd-rbd-ls-osdto5': ['unreachable', /Connection timed out/],
  'dead-mgr-sched-ls': ['unreachable', /mgr/],
}

describe('failures as the lab printed them', () => {
  test.each(Object.entries(EXPECTED))('%s', (name, [kind, text]) => {
    const said = captured.find(({ capture }) => capture === `${name}.json`)
    expect(said).toBeDefined()
    const error = failure('west', said?.argv ?? [], result(said?.exit ?? null, said?.stderr ?? ''))
    expect([error.kind, error.site]).toEqual([kind, 'west'])
    expect(error.message).toMatch(text)
    expect(error.message.startsWith('west: ')).toBe(true)
    expect(error.message).not.toContain('\n')
  })

  test('every captured failure gets a kind and one line', () => {
    for (const { argv, exit, stderr } of captured.filter((one) => one.exit !== 0)) {
      const error = failure('west', argv, result(exit, stderr))
      expect(error.message).toMatch(/^west: \S/)
    }
  })
})

test('a program that is not there is unavailable', () => {
  expect(
    failure('west', ['rbd'], result(127, 'timeout: failed to run command ‘rbd’: No such file or directory')).kind,
  ).toBe('unavailable')
})

test('ssh that cannot get through is unreachable', () => {
  const error = failure('west', ['rbd'], result(255, 'ssh: connect to host mon1 port 22: Connection refused'))
  expect([error.kind, error.message]).toEqual([
    'unreachable',
    'west: ssh: connect to host mon1 port 22: Connection refused',
  ])
})

test('a key never gets into an error', () => {
  expect(complaint(`rbd: bad key AQ${'a'.repeat(36)}== here`)).toBe('rbd: bad key *** here')
})
