import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import type { ImageMember, Plan } from '@/lib/domain/plan'
import type { CommandResult } from '@/lib/ports/channel'
import { type Compilation, compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { runbook } from '@/lib/procedures/runbook'
import { compileSingleVerb } from '@/lib/procedures/single-verbs'
import { type Scene, scene } from '@/lib/simulator/tiny-fixture'

const shown = (site: string, [program = '', ...rest]: readonly string[]) => [program, '--cluster', site, ...rest]

const image = (name: string, mode: ImageMember['mode']): ImageMember => ({
  kind: 'image',
  key: name,
  image: { pool: 'volumes', namespace: '', name },
  globalId: name,
  mode,
  family: name,
  generation: 0,
  outsideParent: null,
  sizeBytes: 1,
})

const CHOICE: Compilation = {
  ...{ from: 'site-a', to: 'site-b', options: { allOrNothing: false, clients: 'wait' } },
  images: [image('vol-snap-1', 'snapshot'), image('vol-journal-1', 'journal')],
  schedules: [],
  wholePools: new Set(),
}

/** Hands the words to the test and prints what it answers: exit code, number of lines, and the lines. */
const STUBS = `ask() {
  printf '%s\\n' "$*" >&3; read -r answered count <&4
  while [ "$count" -gt 0 ]; do IFS= read -r line <&4; printf '%s\\n' "$line"; count=$((count - 1)); done
  return "$answered"
}
rbd() { ask rbd "$@"; }
sleep() { ask sleep "$@"; }
`

/** Plays the script in a shell on the simulator: what it told the clusters, with their exit codes, and its own. */
async function played(
  { run, clock }: Scene,
  plan: Plan,
  typed: string,
): Promise<{ readonly told: readonly string[]; readonly exit: number | null }> {
  const file = join(mkdtempSync(join(tmpdir(), 'antipode-runbook-')), 'run.sh')
  const script = runbook(plan, 'by hand', shown, () => 0)
  writeFileSync(file, script.replace('set -eu\n', `set -eu\n${STUBS}`))
  const child = spawn('sh', [file], { stdio: ['pipe', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const [, , , asked, answers] = child.stdio
  if (asked == null || answers == null || !('write' in answers)) throw new Error('the shell has no pipes')
  child.stdin?.end(typed)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const told: string[] = []
  for await (const line of createInterface({ input: asked as NodeJS.ReadableStream })) {
    const [program = '', , site = '', ...words] = line.split(' ')
    let said: Pick<CommandResult, 'exit' | 'stdout'> = { exit: 0, stdout: '' }
    if (program === 'sleep') await clock.advance(5_000)
    else {
      said = await run(site, [program, ...words].join(' '))
      if (/ (promote|demote|image snapshot)/.test(line)) told.push(`${said.exit} ${words.slice(-2).join(' ')}`)
    }
    const lines = said.stdout === '' ? [] : said.stdout.replace(/\n$/, '').split('\n')
    answers.write([`${said.exit ?? 1} ${lines.length}`, ...lines, ''].join('\n'))
  }
  return { told, exit: await ended }
}

const PLANNED = compilePlannedFailover(CHOICE)

test('by hand, nothing is demoted and nothing promoted before somebody read the proof and says yes', async () => {
  const stays = await played(scene(), PLANNED, '')
  expect(stays).toEqual({ told: ['0 snapshot volumes/vol-snap-1'], exit: 1 })
  expect(await played(scene(), PLANNED, 'no\n')).toEqual(stays)
  const demoted = await played(scene(), PLANNED, 'yes\nno\n')
  expect(demoted.told.slice(1)).toEqual(['0 demote volumes/vol-journal-1', '0 demote volumes/vol-snap-1'])
  expect(demoted.exit).toBe(1)
  const demote = compileSingleVerb('demote', CHOICE)
  expect((await played(scene(), demote, 'no\n')).told.join()).not.toContain('demote')
})

test('by hand, a promote waits until the demotion has arrived, and a script that was stopped is run again', async () => {
  const world = scene()
  await played(world, PLANNED, 'yes\n')
  const again = await played(world, PLANNED, 'yes\nyes\n')
  expect(again.exit).toBe(0)
  expect(again.told[0]).toBe('16 promote volumes/vol-journal-1')
  expect(again.told.filter((line) => !line.startsWith('16'))).toEqual([
    '0 promote volumes/vol-journal-1',
    '0 promote volumes/vol-snap-1',
    '0 snapshot volumes/vol-snap-1',
  ])
  expect((await world.lineage('site-b', 'vol-journal-1'))?.mirroring).toMatchObject({ primary: true })
  const third = await played(world, PLANNED, 'yes\nyes\n')
  expect(third).toEqual({ told: ['0 snapshot volumes/vol-snap-1'], exit: 0 })
})

test('by hand, a promote that Ceph goes on refusing ends the script', async () => {
  const world = scene()
  await played(world, PLANNED, 'yes\n')
  world.fault({ kind: 'stop-daemon', site: 'site-b' })
  const { told, exit } = await played(world, PLANNED, 'yes\nyes\n')
  expect(exit).toBe(16)
  expect(new Set(told)).toEqual(new Set(['16 promote volumes/vol-journal-1']))
})
