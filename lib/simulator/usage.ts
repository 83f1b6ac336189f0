import type { Outcome } from './outcome'

/** What `rbd` answers to a command that it does not know: usage, exit 1. Shortened to the part that readers look at. */
export function rbdUsage(argv: readonly string[], verbs: readonly string[]): Outcome {
  const known = verbs
    .filter((verb) => verb.startsWith('rbd '))
    .map((verb) => `    ${verb.slice(4)}\n`)
    .join('')
  return {
    exit: 1,
    stdout: `usage: rbd <command> ...\n\nCommand-line interface for managing Ceph RBD images.\n\nPositional arguments:\n  <command>\n${known}\nSee 'rbd help <command>' for help on a specific command.\n`,
    stderr: `error: unknown option '${argv.slice(1).join(' ')}'\n\n`,
    changed: null,
  }
}

/** What `ceph` answers to a command that the monitors do not know: exit 22. */
export const cephUsage = (): Outcome => ({
  exit: 22,
  stdout: '',
  stderr: 'no valid command found; 10 closest matches:\nError EINVAL: invalid command\n',
  changed: null,
})
