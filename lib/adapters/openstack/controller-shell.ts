import { attemptHere, ownWorldEachTime } from '@/lib/adapters/process/attempt'
import { ATTEMPT } from '@/lib/adapters/process/environment'
import { behind } from '@/lib/adapters/process/quote'
import { runChange } from '@/lib/adapters/process/run-change'
import { runRead } from '@/lib/adapters/process/run-read'
import type { SiteName } from '@/lib/domain/words'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'

const FIND_DEADLINE_MS = 10_000

/** Ends with 0 where a process has this in its environment, with 3 where none has. `$0` is the entry. */
const FIND = `cd /proc || exit 4
for p in [0-9]*; do tr '\\0' '\\n' 2>/dev/null <"$p/environ" | grep -qxF -- "$0" && exit 0; done 2>/dev/null
exit 3`

/** OpenStack's own tools, behind the argv prefix that the configuration grants. Runs are never killed, as changes are. */
export function controllerShell(
  site: SiteName,
  exec: readonly string[],
  attempts: string,
): NonNullable<CloudChannel['controller']> {
  return {
    run: (argv, options) =>
      runChange(behind(exec, ['env', `${ATTEMPT}=${options.attemptId}`, ...argv]), attempts, options).catch((error) => {
        const code = (error as NodeJS.ErrnoException).code ?? String(error)
        const what = `${exec[0] ?? argv[0]} cannot be run (${code}): check openstack.controllerExec`
        throw new AdapterError('unavailable', site, argv.join(' '), `${site}: ${what}`)
      }),
    shown: (argv) => behind(exec, argv),
    async mayLive(attemptId, handle) {
      const here = attemptHere(attemptId, handle)
      if (here === 'lives' || exec.length === 0) return here
      // Each such command has a container of its own: from another one its processes cannot be seen.
      if (ownWorldEachTime(exec)) return 'unknown'
      const look = behind(exec, ['sh', '-c', FIND, `${ATTEMPT}=${attemptId}`])
      const found = await runRead(look, FIND_DEADLINE_MS, 64 * 1024).catch(() => null)
      if (found?.exit === 0) return 'lives'
      return found?.exit === 3 ? 'gone' : 'unknown'
    },
  }
}
