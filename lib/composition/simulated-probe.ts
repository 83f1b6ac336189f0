import type { CloudPort } from '@/lib/ports/cloud'
import { AdapterError } from '@/lib/ports/errors'
import type { Probed, ProbePort } from '@/lib/ports/probe'

/**
 * What is inside the servers of a world that is made up: an ACTIVE one takes every connection and answers 200, and every
 * other address is nobody's. Nothing leaves this machine: what somebody types into a demo may be an address of their own.
 */
export function simulatedProbe(clouds: readonly CloudPort[]): ProbePort {
  async function statusAt(host: string): Promise<string | null> {
    const all = await Promise.all(clouds.map((cloud) => cloud.servers('all')))
    return all.flat().find(({ addresses }) => addresses.includes(host))?.status ?? null
  }
  const look = async (host: string, open: Probed): Promise<Probed> => {
    try {
      const status = await statusAt(host)
      if (status === null) return { open: false, text: 'gives no answer: no server of the demo has this address' }
      return status === 'ACTIVE' ? open : { open: false, text: `gives no answer: its server is ${status}` }
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error
      return { open: false, text: 'is not known: the cloud of the demo does not answer' }
    }
  }
  return {
    port: (host) => look(host, { open: true, text: 'takes connections' }),
    http: (url, status) => look(new URL(url).hostname, { open: status === 200, text: 'answers 200' }),
  }
}
