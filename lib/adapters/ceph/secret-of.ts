import type { Channel } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import { Secret } from '@/lib/ports/secret'
import { failure } from './failure'
import { withoutAnySecret } from './secrets'

/**
 * The secret that a command prints, as one line. Throws AdapterError with what the command said on stderr, without
 * anything that may be a part of the secret; `unreadable` where it printed nothing, or more than the secret.
 */
export async function secretOf(channel: Channel, argv: readonly string[]): Promise<Secret> {
  const result = await channel.command(argv)
  if (result.exit !== 0 || result.overdue) {
    throw failure(channel.site, argv, { ...result, stdout: '', stderr: withoutAnySecret(result.stderr) })
  }
  const line = result.stdout.trim()
  if (/^[A-Za-z0-9+/=]+$/.test(line)) return new Secret(line)
  const asked = argv.join(' ')
  const what = line === '' ? 'is empty' : 'is no key and no token'
  throw new AdapterError('unreadable', channel.site, asked, `${channel.site}: the answer to ${asked} ${what}`)
}
