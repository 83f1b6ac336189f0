import type { Writable } from 'node:stream'
import type { Secret } from '@/lib/ports/secret'

const SCRIPT = `IFS= read -r s || { echo 'the secret did not arrive' >&2; exit 74; }; printf '%s\\n' "$s" | "$@"`

/**
 * A command that reads a secret gets it through a shell, here and behind any exec prefix, for two reasons. What Node and
 * ssh give a process for its stdin is a socket, and `/dev/stdin` opens none. And Ceph takes an empty stdin for an empty
 * key and adds the peer with exit 0 (ceph-facts 20): only a whole line is passed on, so that a worker that dies, or a
 * connection that breaks, leaves nothing changed. `read` and `printf` are the shell's own: no argv ever has the secret.
 */
export const withSecret = (argv: readonly string[]): readonly string[] => ['sh', '-c', SCRIPT, 'sh', ...argv]

/** Writes the secret as one line and ends the stream. A process that has ended already is told by its exit. */
export function writeSecret(stdin: Writable, secret: Secret): void {
  stdin.on('error', () => {})
  stdin.end(`${secret.reveal().trim()}\n`)
}
