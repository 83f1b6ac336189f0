import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const BOOTSTRAP = join(import.meta.dirname, 'bootstrap.mjs')

/** What `npm start` says on a Node that calls itself so. */
function startedOn(version: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'antipode-node-')), 'version.cjs')
  const versions = `{ ...process.versions, node: '${version}' }`
  writeFileSync(file, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', file, BOOTSTRAP, 'start'], { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

test.each(['12.18.3', '18.20.4', '20.18.1'])('an old Node, %s, is told in one line what is needed', (version) => {
  expect(startedOn(version)).toEqual({
    status: 1,
    said: `Antipode needs Node 20.19 or later; this is v${version}.\n`,
  })
})

test('nothing is loaded before the version was looked at: a loader of Node 12 knows no `node:`', () => {
  expect(readFileSync(BOOTSTRAP, 'utf8')).not.toMatch(/^\s*(import|export)\s*[\w{*'"]/m)
})
