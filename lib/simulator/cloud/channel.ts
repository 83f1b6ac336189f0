import type { SiteName } from '@/lib/domain/words'
import { type CloudAnswer, type CloudChannel, NeverSent } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { LinkLost, LinkRefused, simulatorLink } from '../link'
import { OVERDUE, within } from '../within'

/**
 * The way to the simulated cloud of a site. The deadline ends the waiting here; what the cloud has taken goes on there.
 * Nothing is sent twice: whether a request may be repeated is not known on this line.
 */
export function simulatorCloudChannel(site: SiteName, socketPath: string): CloudChannel {
  const link = simulatorLink(socketPath)
  return {
    site,
    controller: null,
    async send({ method, url, headers, body }, { deadlineMs }) {
      const name = `${method} ${new URL(url).pathname}`
      const no = (text: string) => new AdapterError('unreachable', site, name, `${site}: ${text}`)
      const asked = link.ask({ kind: 'http', site, method, url, headers: { ...headers }, body })
      const said = await within(asked, deadlineMs).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error)
        // Nothing listens there, as the simulator says; or it is not there itself.
        const never =
          (error instanceof LinkRefused && error.error.kind === 'unreachable') ||
          (error instanceof LinkLost && error.heard === 'never')
        throw never ? new NeverSent(site, name, `${site}: ${text}`) : no(text)
      })
      if (said === OVERDUE) throw no(`no answer from ${new URL(url).host} within ${deadlineMs / 1000} s`)
      return said as CloudAnswer
    },
    async close() {
      link.close()
    },
  }
}
