import type { CloudAnswer, CloudRequest } from '@/lib/ports/cloud-channel'
import { originOf, SIMULATED_PASSWORD, type SimulatedService } from '@/lib/simulator/cloud/cloud-spec'

/** Makes in a simulated cloud what no console makes, as its administrator, by the same requests as anybody. */
export function simulatedAdmin(site: string, send: (request: CloudRequest) => Promise<CloudAnswer>) {
  async function asked(service: SimulatedService, method: 'GET' | 'POST', path: string, token: string, body?: object) {
    const answer = await send({
      method,
      url: `${originOf(site, service)}${path}`,
      headers: {
        'X-Auth-Token': token,
        'OpenStack-API-Version': service === 'compute' ? 'compute 2.93' : 'volume 3.70',
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`)
    return answer
  }

  async function login(): Promise<string> {
    const domain = { id: 'default' }
    const user = { name: 'antipode', domain, password: SIMULATED_PASSWORD }
    const identity = { methods: ['password'], password: { user } }
    const scope = { project: { name: 'admin', domain } }
    const answer = await asked('identity', 'POST', '/v3/auth/tokens', '', { auth: { identity, scope } })
    return answer.headers['x-subject-token'] ?? ''
  }

  const idOf = async (service: SimulatedService, key: string, path: string, body: object): Promise<string> => {
    const said = JSON.parse((await asked(service, 'POST', path, await login(), body)).body)
    return said[key].id
  }

  return {
    /** Posts it and gives the id of what was made. */
    idOf,
    /** A server that boots from the first of these volumes. */
    async server(
      name: string,
      volumes: readonly string[],
      metadata: Readonly<Record<string, string>> = {},
    ): Promise<string> {
      const { body } = await asked('compute', 'GET', '/v2.1/flavors/detail', await login())
      const flavorRef = JSON.parse(body).flavors[0].id
      const block_device_mapping_v2 = volumes.map((uuid, i) => ({
        uuid,
        boot_index: i === 0 ? 0 : -1,
        source_type: 'volume',
        destination_type: 'volume',
      }))
      return idOf('compute', 'server', '/v2.1/servers', {
        server: { name, flavorRef, networks: 'none', block_device_mapping_v2, metadata },
      })
    },
  }
}
