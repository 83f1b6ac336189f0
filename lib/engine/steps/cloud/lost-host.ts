import type { Server } from '@/lib/domain/cloud'
import type { Plan } from '@/lib/domain/plan'
import { blocked, done, type Look, waiting } from '../../step'
import type { SeenServer } from './backend'

type Lost = NonNullable<SeenServer['lostHost']>

const isDown = ({ host, forcedDown }: Lost): string =>
  `its host ${host} is down by Nova's word${forcedDown ? ', forced down' : ''}`

const wayOut = ({ id }: Server, { host }: Lost): string =>
  `Make sure that ${host} is off, so that it cannot run twice, then: openstack server evacuate ${id}`

/**
 * A server that cannot be stopped, since nobody takes the order at its host. Nova would say powering-off for ever. Where both
 * sites answer it is waited for. Where its site is lost it keeps nobody else: what it may still write goes to the lost
 * site alone, by the connections that it has, and it is said that it was not stopped.
 */
export function notStopped({ server }: SeenServer, lost: Lost, { procedure, outage }: Plan): Look {
  const text = `it is not stopped: ${isDown(lost)}, and it may still run there`
  if (procedure !== 'cinder-forced')
    return waiting(`${text}. Bring the host back. ${wayOut(server, lost)}; or set it aside`)
  const fence = outage?.fence.kind ?? 'not-proven'
  if (fence === 'not-proven')
    return blocked(
      `${text}, and nothing is declared that fences it. ${wayOut(server, lost)}, then retry; or set it aside`,
    )
  return done(`${text}; what it writes goes to the lost site alone, which was declared fenced (${fence})`)
}

/** Past the failover: nothing can be moved or started at a host that is down, and what Nova says of a server there is old. */
export const stuckThere = (server: Server, lost: Lost): Look =>
  blocked(
    `${isDown(lost)}: nothing of it can be moved or started there, and that it is ${server.status} is the last that Nova heard. ${wayOut(server, lost)}, then retry: evacuated it gets connections to the site that serves now; or set it aside`,
  )
