import type { BootGate } from '@/lib/domain/boot-order'
import type { Volume } from '@/lib/domain/cloud'
import { isTakenAlong, rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { BackendMember, PastCinder } from '@/lib/domain/cloud-plan'
import type { Finding, PlanOptions } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { compileCinderFailover, compileCinderForced } from './cinder-failover'
import { cinderFindings } from './cinder-findings'
import { type CinderGround, type Former, serverMembers, volumeMembers } from './cinder-ground'
import { gateFindings } from './gate-findings'
import { groupFindings, type MovingGroup } from './group-findings'
import type { HollowNames } from './parent-looks'
import { preparePlannedFailover } from './prepare'
import { type ForcedInput, prepareForcedFailover } from './prepare-forced'
import type { Candidate, PrepareDeps, Prepared } from './prepare-parts'

export interface CinderInput {
  /** Site of the cloud that the backend belongs to. */
  readonly cloud: SiteName
  readonly host: string
  readonly from: SiteName
  readonly to: SiteName
  /** What failover_host is told. */
  readonly target: string
  readonly options: Pick<PlanOptions, 'clients'>
  readonly ground: CinderGround
  /** Ids of volumes that were chosen; null: the whole backend. */
  readonly only: ReadonlySet<string> | null
  readonly former: Former
  /** Images that are mirrored between both sites and primary at `from`, by their name. */
  readonly candidates: ReadonlyMap<string, Candidate>
  readonly hollow?: HollowNames
  /** What is known of a site that is lost; null where it answers. */
  readonly lost: Pick<ForcedInput, 'fence' | 'lastHeardAt' | 'silent' | 'monAddresses' | 'schedules'> | null
  /** How cinder-volume is gone past that cannot be told; null where it is told. */
  readonly past: PastCinder | null
  /** Every address of every monitor of `to`, of each protocol. */
  readonly monitors: readonly string[]
  /** What has to be seen between the boot orders. */
  readonly gates?: readonly BootGate[]
  /** The group that the volumes were chosen by. */
  readonly group?: MovingGroup
}

/**
 * Looks at the backend, its volumes, their images at both sites and the servers on them, and says what would run, what is
 * in the way and what would be spoiled. Changes nothing.
 */
export async function prepareCinderFailover(input: CinderInput, deps: PrepareDeps): Promise<Prepared> {
  const { cloud, host, from, to, target, ground, former, candidates } = input
  const replicated = ground.volumes.filter(isTakenAlong)
  const imageOf = (volume: Volume) => candidates.get(rbdImageOf(volume)) ?? null
  const chosen = replicated.flatMap((volume) => imageOf(volume) ?? [])
  const backend: BackendMember = {
    ...{ kind: 'backend', key: `backend:${cloud}/${host}`, family: 'backend', generation: 0, cloud, host, target },
    activeBefore: ground.service.activeBackendId,
    monitors: [...input.monitors].sort(),
    ...(input.past && { past: input.past }),
  }
  const pool = chosen[0]?.image.pool ?? ''
  const volumes = volumeMembers(ground, cloud, imageOf, pool, former)
  const { members: servers, problems } = serverMembers(ground, cloud, input.group?.stages)
  const way = input.lost === null ? 'planned' : 'forced'
  const looked = cinderFindings({
    ...{ ground, backend, servers, problems, volumes, only: input.only, from, to, former },
    ...{ way, group: input.group ?? null },
    unmirrored: replicated.filter((volume) => imageOf(volume) === null && volume.replicationStatus !== null),
  })
  const moving = new Set([...servers.map(({ id }) => id), ...replicated.map(({ id }) => id)])
  const grouped = input.group === undefined ? [] : groupFindings({ group: input.group, host, moving, way })
  const own = [...grouped, ...looked, ...gateFindings(input.gates ?? [])]
  const all = {
    from,
    to,
    candidates: chosen,
    childrenOutside: new Map(),
    primariesByPool: new Map(),
    ...(input.hollow && { hollow: input.hollow }),
  }
  const parts = { from, to, options: input.options, backend, servers, volumes, gates: input.gates ?? [] }
  const options = { allOrNothing: input.lost === null, clients: input.options.clients }
  const prepared =
    input.lost === null
      ? await preparePlannedFailover({ ...all, options }, deps, ({ images }) =>
          compileCinderFailover({ ...parts, images }),
        )
      : await prepareForcedFailover({ ...all, options, ...input.lost }, deps, ({ images, outage }) =>
          compileCinderForced({ ...parts, images, outage }),
        )
  const findings = [...own, ...prepared.findings.filter(({ check }) => check !== 'clients' || servers.length === 0)]
  const blocked = own.find(({ severity }) => severity === 'blocks')
  const refusal = blocked === undefined ? (unwhole(prepared, to) ?? prepared.refusal) : refusalOf(blocked)
  return { ...prepared, findings, refusal, plan: refusal === null ? prepared.plan : null }
}

/** Cinder asks nobody: what is set aside here it would promote all the same. */
function unwhole({ ledger: { setAside } }: Prepared, to: SiteName): string | null {
  const [first] = setAside
  if (first === undefined) return null
  const many = setAside.length === 1 ? '1 volume' : `${setAside.length} volumes`
  return `${many} cannot go to ${to}, and failover_host would take ${setAside.length === 1 ? 'it' : 'them'} all the same. First: ${first.name}: ${first.reason}. Mend it, or take its volume out of Cinder (cinder unmanage: its image stays).`
}

const refusalOf = ({ title, evidence, remedy }: Finding): string => `${title}: ${evidence}. ${remedy}`
