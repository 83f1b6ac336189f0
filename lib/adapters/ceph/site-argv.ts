import { ATTEMPT } from '@/lib/adapters/process/environment'
import { behind } from '@/lib/adapters/process/quote'
import { withSecret } from '@/lib/adapters/process/secret-stdin'
import { readsSecret } from '@/lib/ports/mirror'

/** Where a site's cluster is and how its commands get there. `exec` is an argv prefix: ssh, kubectl exec, cephadm shell. */
export interface ChannelConfig {
  readonly name: string
  readonly conf: string
  /** Without `client.`: `admin`. */
  readonly user: string
  readonly keyring?: string
  readonly exec: readonly string[]
  /** The interpreter for the helper, tried before /usr/bin/python3. */
  readonly python?: string
}

const READ_TIMEOUT_SEC = 5
const CHANGE_TIMEOUT_SEC = 30

/**
 * The verbs that change something. `shown` must show the time-outs that will really be there: what prints a secret is run
 * like a look, since nothing is half done where it is ended.
 */
const CHANGES: readonly RegExp[] = [
  /^rbd mirror (image|pool|group) (?!info\b|status\b|peer bootstrap create\b)/,
  /^rbd mirror snapshot schedule (add|remove|rm)\b/,
  /^rbd (bench|clone|copy|cp|create|deep|feature|flatten|import|map|migration|mv|remove|rename|resize|rm|trash)\b/,
  /^rbd snap (create|add|protect|unprotect|remove|rm|purge|rename|rollback|limit)\b/,
  /^rbd journal (reset|import|client disconnect)\b/,
  /^ceph (osd (blocklist|blacklist) (add|rm|clear)|config (set|rm)|auth (add|caps|del|get-or-create(?!-key)|import|rm))\b/,
]

/** Does this command change something? A verb that nobody knows counts as one that looks: the caller said which it is. */
export const isChange = (argv: readonly string[]): boolean => CHANGES.some((verb) => verb.test(argv.join(' ')))

/** `rbd` or `ceph` with the site's cluster and the time-outs in place. */
function tool(config: ChannelConfig, argv: readonly string[], timeouts: readonly string[]): string[] {
  const [name, ...rest] = argv
  if (name !== 'rbd' && name !== 'ceph') throw new Error(`a channel runs rbd and ceph, not ${name ?? 'nothing'}`)
  const where = ['--conf', config.conf, '--id', config.user]
  return [name, ...where, ...(config.keyring === undefined ? [] : ['--keyring', config.keyring]), ...timeouts, ...rest]
}

/**
 * A command that looks. All three of Ceph's time-outs (each covers a hang that the others do not, ceph-facts 8), and
 * `timeout` behind the prefix, because killing the local ssh does not end the remote `rbd`.
 */
export function readArgv(config: ChannelConfig, argv: readonly string[], deadlineMs: number): string[] {
  const limits = ['client_mount', 'rados_mon_op', 'rados_osd_op'].map((name) => `--${name}_timeout=${READ_TIMEOUT_SEC}`)
  const connect = argv[0] === 'ceph' ? ['--connect-timeout', String(READ_TIMEOUT_SEC)] : []
  const deadline = ['timeout', '-k', '2', String(Math.max(1, Math.ceil(deadlineMs / 1000)))]
  return behind(config.exec, [...deadline, ...tool(config, argv, [...connect, ...limits])])
}

/** A command that changes something: no OSD time-out, which would leave a demotion half done, and nothing that kills. */
export function changeArgv(config: ChannelConfig, argv: readonly string[], attemptId: string | null): string[] {
  const limits = ['client_mount', 'rados_mon_op'].map((name) => `--${name}_timeout=${CHANGE_TIMEOUT_SEC}`)
  const connect = argv[0] === 'ceph' ? ['--connect-timeout', String(CHANGE_TIMEOUT_SEC)] : []
  const marker = attemptId === null ? [] : ['env', `${ATTEMPT}=${attemptId}`]
  const command = tool(config, argv, [...connect, ...limits])
  return behind(config.exec, [...marker, ...(readsSecret(argv) ? withSecret(command) : command)])
}
