import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { root } from '../lab-tests/lab'

const said = (program: string, ...argv: string[]): string => {
  try {
    return execFileSync(program, argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

/** What a result was measured with. Names no machine. */
export const versions = () => ({
  antipode: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  commit: said('git', 'rev-parse', '--short', 'HEAD'),
  ceph: said('ceph', '--version').replace(/ \(.*?\) /, ' '),
  node: process.version,
  kernel: release(),
  cores: cpus().length,
})
