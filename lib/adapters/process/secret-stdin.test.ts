import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Secret } from '@/lib/ports/secret'
import { runChange } from './run-change'
import { withSecret } from './secret-stdin'

const TOKEN = 'eyJmc2lkIjoiMSJ9'
const folder = () => mkdtempSync(join(tmpdir(), 'antipode-'))
const options = { attemptId: 'r1.s1.a1', softDeadlineMs: 10_000, onStarted: () => {} }
const stdin = new Secret(TOKEN)

test.each([
  ['stdin', ['cat']],
  ['/dev/stdin', ['cat', '/dev/stdin']],
  ['/dev/stdin behind programs that pass it on', ['env', 'A=1', 'timeout', '5', 'cat', '/dev/stdin']],
])('a process reads the secret from %s, and then the end', async (_, argv) => {
  const said = await runChange(withSecret(argv), folder(), { ...options, stdin })
  expect(said).toMatchObject({ exit: 0, stdout: `${TOKEN}\n` })
})

test('the exit is that of the command, not of the shell', async () => {
  const argv = withSecret(['sh', '-c', 'cat > /dev/null; exit 22'])
  expect(await runChange(argv, folder(), { ...options, stdin })).toMatchObject({ exit: 22 })
})

test('while the command runs the secret is in no file and in no command line', async () => {
  const dir = folder()
  const look = `cat > /dev/null; ls ${dir}; cat ${dir}/* /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; true`
  const { stdout } = await runChange(withSecret(['sh', '-c', look]), dir, { ...options, stdin })
  expect(stdout).toContain('r1.s1.a1.err\nr1.s1.a1.out\n')
  expect(stdout).toContain('IFS= read -r s')
  expect(stdout).not.toContain(TOKEN)
  expect(readdirSync(dir)).toEqual([])
})

test.each(['', 'eyJmc2lk'])('a secret that did not come whole starts no command: "%s"', async (cut) => {
  const argv = ['sh', '-c', `printf '%s' '${cut}' | "$@"`, 'sh', ...withSecret(['echo', 'begun'])]
  const said = await runChange(argv, folder(), options)
  expect(said).toMatchObject({ exit: 74, stdout: '', stderr: 'the secret did not arrive\n' })
})
