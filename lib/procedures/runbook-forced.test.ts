import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tinyForced, tinyReprotect } from '@/lib/engine/tiny-plan'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { runbook } from './runbook'

const shown = (site: string, [program = '', ...rest]: readonly string[]) => [program, '--cluster', site, ...rest]

function scriptOf(make: typeof tinyForced | typeof tinyReprotect): string {
  const world = new TinyWorld()
  world.add('parent', 'journal')
  world.add('clone', 'journal', 'parent')
  return runbook(make(world), 'by hand', shown, () => 0)
}

/** Runs it with stand-ins for ceph and rbd; what they were told, and how it ended. */
function played(
  script: string,
  cephExit: number,
  typed: string,
): { readonly told: readonly string[]; readonly exit: number } {
  const stubs = `ceph() { echo "ceph $*" >&3; return ${cephExit}; }\nrbd() { echo "rbd $*" >&3; }\n`
  const text = script.replace('set -eu\n', `set -eu\n${stubs}`)
  const file = join(mkdtempSync(join(tmpdir(), 'antipode-runbook-')), 'run.sh')
  writeFileSync(file, text)
  const argv = ['-c', 'exec 3>&1 >/dev/null 2>&1; printf "%s\\n" "$1" | sh "$0"; echo "exit $?" >&3', file, typed]
  const lines = execFileSync('sh', argv, { encoding: 'utf8' }).trim().split('\n')
  return { told: lines.slice(0, -1), exit: Number(lines.at(-1)?.slice(5)) }
}

test('by hand too, nothing is promoted by force while the site answers, or before somebody says yes', () => {
  const script = scriptOf(tinyForced)
  const promoted = (cephExit: number, typed: string) =>
    played(script, cephExit, typed).told.filter((line) => line.includes('promote --force'))
  expect(promoted(0, 'yes')).toEqual([])
  expect(promoted(1, 'no')).toEqual([])
  expect(promoted(1, 'yes')).toEqual([
    'rbd --cluster north mirror image promote --force volumes/parent',
    'rbd --cluster north mirror image promote --force volumes/clone',
  ])
})

test('by hand too, what lost is kept: out of mirroring clones first, then renamed, never resynced or removed', () => {
  const { told, exit } = played(scriptOf(tinyReprotect), 0, 'yes')
  expect(exit).toBe(0)
  expect(told.filter((line) => / disable | rename /.test(line))).toEqual([
    'rbd --cluster west mirror image disable --force volumes/clone',
    'rbd --cluster west mirror image disable --force volumes/parent',
    'rbd --cluster west rename volumes/parent volumes/parent.kept-23456789',
    'rbd --cluster west rename volumes/clone volumes/clone.kept-23456789',
  ])
  expect(told.join(' ')).not.toMatch(/resync|\brm\b|remove/)
  expect(played(scriptOf(tinyReprotect), 0, 'no').told.join(' ')).not.toContain('disable')
})
