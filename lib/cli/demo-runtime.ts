import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigSchema } from '@/lib/config/config'
import type { Runtime } from '@/lib/config/runtime'

/** Sites of the simulator's world, as antipode.yaml would name them. */
export function demoRuntime(data: string): Runtime {
  const sites = ['eu-west', 'eu-north', 'eu-south'].map((name) => ({ name, ceph: { conf: `/etc/ceph/${name}.conf` } }))
  return { ...ConfigSchema.parse({ name: 'Demo', sites }), demo: true, simulatorSocket: socketIn(data) }
}

/** A path of a unix socket has room for 107 letters. */
const SOCKET_LETTERS = 107

function socketIn(data: string): string {
  const near = join(data, 'simulator.sock')
  if (Buffer.byteLength(near) <= SOCKET_LETTERS) return near
  return join(tmpdir(), `antipode-${createHash('sha256').update(data).digest('hex').slice(0, 16)}.sock`)
}
