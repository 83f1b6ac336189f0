import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigSchema } from '@/lib/config/config'
import type { Runtime } from '@/lib/config/runtime'
import { demoConfig } from '@/lib/simulator/demo-config'
import { type WorldName, worldNamed } from '@/lib/simulator/worlds'

/** The sites of the simulator's world, as antipode.yaml would name them. */
export function demoRuntime(data: string, world: WorldName): Runtime {
  const { name, objectives } = demoConfig
  const { sites } = worldNamed(world, 1)
  return {
    ...ConfigSchema.parse({
      name,
      sites: sites.map((site) => ({ name: site.name, ceph: { conf: `/etc/ceph/${site.name}.conf` } })),
    }),
    objectives,
    demo: true,
    simulatorSocket: socketIn(data),
  }
}

/** A path of a unix socket has room for 107 letters. */
const SOCKET_LETTERS = 107

function socketIn(data: string): string {
  const near = join(data, 'simulator.sock')
  if (Buffer.byteLength(near) <= SOCKET_LETTERS) return near
  return join(tmpdir(), `antipode-${createHash('sha256').update(data).digest('hex').slice(0, 16)}.sock`)
}
