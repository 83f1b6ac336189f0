import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import type { Desk } from './desk'
import { HelperRefusal, poolOf } from './helper-refusal'
import { localDaemon } from './identity'
import { peersOf } from './peering'
import type { PoolSpec } from './spec'
import { mgrAnswers, startsOf } from './status-json'

type Daemon = HelperResult<'mirror.daemons'>['daemons'][number]

/** The site's rbd-mirror as the mgr knows it; it serves, and leads, the pools that have a peer to receive from. */
export function daemonsOf(desk: Desk, pool: PoolSpec): readonly Daemon[] {
  const { conditions, now, site } = desk
  if (!mgrAnswers(desk)) return []
  const line = conditions.line(`daemon ${site}`)
  const last = line.findLast((shift) => shift.at <= now)
  if (last !== undefined && last.value !== 'up') {
    // A killed daemon is believed in until its watch runs out.
    if (last.value !== 'killed' || now - last.at >= conditions.timings.downAfterMs) return []
  }
  const daemon = localDaemon(conditions.seed, site, startsOf(desk, site))
  const spec = conditions.spec.sites.find((s) => s.name === site)
  const serves = peersOf(conditions, site, pool).some((peer) => peer.direction !== 'tx-only')
  return [
    {
      serviceId: `${daemon.globalId}`,
      instanceId: serves ? `${daemon.instanceId}` : '',
      clientId: site,
      hostname: spec?.hostname ?? site,
      version: spec?.version ?? '',
      leader: serves,
      health: 'OK',
      callouts: [],
    },
  ]
}

/** As `rbd mirror pool status --verbose` prints one. */
export const asRbdPrints = (daemon: Daemon): object => ({
  service_id: daemon.serviceId,
  instance_id: daemon.instanceId,
  client_id: daemon.clientId,
  hostname: daemon.hostname,
  ceph_version: daemon.version,
  leader: daemon.leader,
  health: daemon.health,
})

type Waiting = Desk & { wait(ms: number): Promise<void> }

/** The helper's list; a dead mgr is waited for and then no answer, not "none". */
export async function mirrorDaemons(
  desk: Waiting,
  { pool: name }: HelperParams<'mirror.daemons'>,
): Promise<HelperResult<'mirror.daemons'>> {
  const pool = poolOf(desk, name)
  if (!mgrAnswers(desk)) {
    await desk.wait(desk.conditions.timings.readTimeoutMs)
    throw new HelperRefusal('unreadable', 74, 'the manager daemon (mgr) does not answer')
  }
  return { daemons: [...daemonsOf(desk, pool)] }
}
