import { thinChecks, unreadable } from '@/lib/domain/data-health'
import type { Finding } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { unreadableText } from '@/lib/engine/steps/primary-health'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort } from '@/lib/ports/mirror'

/** Can the primaries at `from` be read, of which the copies at `to` are to be deleted? */
export async function dataFindings(
  from: SiteName,
  to: SiteName,
  mirror: (site: SiteName) => MirrorPort,
): Promise<readonly Finding[]> {
  const port = mirror(from)
  const base = { check: 'data', command: port.shown(['ceph', 'health', 'detail']).join(' '), keys: [] } as const
  try {
    const health = await port.dataHealth()
    const check = unreadable(health)
    if (check !== null) {
      return [
        {
          ...{ ...base, severity: 'blocks', title: `${from} may not be able to give all data of its images` },
          evidence: check,
          remedy: `The copies at ${to} may be the last good ones, and nothing deletes them before that is mended.`,
        },
      ]
    }
    return [
      ...thinChecks(health).map(
        ({ code, summary }): Finding => ({
          ...{
            ...base,
            severity: 'warns',
            title: `Data at ${from} are kept on fewer or worse disks than they should be`,
          },
          evidence: `${code}: ${summary}`,
          remedy: `They can be read. Without the copies at ${to} nothing else has them: better wait until ${from} is whole.`,
        }),
      ),
      {
        ...{ ...base, severity: 'pass', title: `${from} says that the data of its images can be read` },
        ...{ evidence: 'health and placement groups read just now', remedy: '' },
      },
    ]
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return [
      {
        ...{ ...base, severity: 'blocks', title: `The health of ${from} is not known`, evidence: error.message },
        remedy: unreadableText('not known', from, to),
      },
    ]
  }
}
