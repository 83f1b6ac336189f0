import type { SiteName } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import { AdapterError, type AdapterErrorKind } from '@/lib/ports/errors'
import { withoutSecrets } from './secrets'

interface Rule {
  readonly exit?: readonly number[]
  readonly text?: RegExp
  readonly kind: AdapterErrorKind
  /** Where Ceph's own line would not help the operator. */
  readonly say?: string
}

/** In order; the first that fits. Exit codes are errnos of `rbd`; texts as on the lab (ceph-facts 9). */
const RULES: readonly Rule[] = [
  { text: /global_init: unable to open config file/, kind: 'missing', say: 'the configuration file cannot be opened' },
  { text: /unable to find a keyring/, kind: 'missing', say: 'there is no keyring for this user' },
  { exit: [13], kind: 'denied', say: 'the cluster refused the key of this user' },
  {
    text: /handle_auth_bad_method|\[errno 13\]|\(13\) Permission denied/,
    kind: 'denied',
    say: 'the cluster refused the key of this user',
  },
  {
    text: /\(1\) Operation not permitted|\[errno 1\]|EPERM/,
    kind: 'denied',
    say: "the user's capabilities do not allow it",
  },
  { text: /^timed out$/m, kind: 'unreachable', say: 'the monitors do not answer' },
  { exit: [110, 107, 108], kind: 'unreachable' },
  {
    text: /couldn't connect to the cluster|\[errno 110\]|\(110\) Connection timed out|^timed out$/m,
    kind: 'unreachable',
  },
  {
    text: /invalid schedule (list|status) JSON received/,
    kind: 'unreachable',
    say: 'the manager daemon (mgr) does not answer',
  },
  { exit: [126, 127], kind: 'unavailable' },
  { exit: [255], kind: 'unreachable' },
  { exit: [2], kind: 'missing' },
]

// librbd's own log lines: `2026-11-21T03:05:43.438+0000 7fcf6e3506c0 -1 librbd::mirror::PromoteRequest: 0x7fcf handle_get_info: `
const LOG_HEAD = /^(?:\d{4}-\d\d-\d\dT\S+ )?[0-9a-f]{12,} +-?\d+ (?:[\w:]+: +)?(?:0x[0-9a-f]+ )?(?:[\w:]+: +)?/
const SAYS_LITTLE =
  /^(rbd: error (promoting|demoting|flagging) image|.*failed to (promote|demote) image|.*image_\w+: failed|rbd: couldn't connect)/

/**
 * The one line of a command's stderr that says why. Ceph prints librbd's log and its own summary in any order, some
 * without a line break between them; the log's line names the reason, the summary only what was tried.
 */
export function complaint(stderr: string): string | null {
  const lines = withoutSecrets(stderr)
    .replace(/(\S)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+[+-]\d{4} )/g, '$1\n$2')
    .split('\n')
    .map((line) => line.replace(LOG_HEAD, '').trim())
    .filter((line) => line !== '' && !/^(Removing|Resizing) /.test(line))
  const line = lines.find((one) => !SAYS_LITTLE.test(one)) ?? lines.at(-1)
  return line === undefined ? null : line.slice(0, 300)
}

/** The AdapterError of a command that did not end with 0, or not in time. Kind by exit code and by known texts. */
export function failure(site: SiteName, argv: readonly string[], result: CommandResult): AdapterError {
  const asked = argv.join(' ')
  if (result.overdue) {
    return new AdapterError(
      'unreachable',
      site,
      asked,
      `${site}: no answer within ${Math.round(result.durationMs / 1000)} s`,
    )
  }
  const rule = RULES.find(
    (one) =>
      (one.exit === undefined || (result.exit !== null && one.exit.includes(result.exit))) &&
      (one.text === undefined || one.text.test(result.stderr)),
  )
  const why = rule?.say ?? complaint(result.stderr) ?? `exit ${result.exit ?? 'by signal'}, and no reason given`
  const kind = rule?.kind ?? (result.exit === null ? 'unreachable' : 'refused')
  return new AdapterError(kind, site, asked, `${site}: ${why}`, result.exit)
}
