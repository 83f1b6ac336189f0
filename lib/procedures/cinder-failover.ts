import { WAY_BACK } from '@/lib/domain/cloud-place'
import type { BackendMember, ServerMember, VolumeMember } from '@/lib/domain/cloud-plan'
import type { ImageMember, Plan, PlanOptions, StepName } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'

type PlannedStep = Plan['steps'][number] & { readonly only?: 'way-back' }

const STEPS: readonly PlannedStep[] = [
  {
    name: 'preflight',
    title: 'Look at both sides of every image',
    proof: 'each image is primary here, a whole and following copy there, and rbd-mirror lives',
  },
  {
    name: 'check-backend',
    title: 'Look at the Cinder backend and all that it holds',
    proof: 'cinder-volume is up, nobody froze it, and the plan has every volume that failover_host would take',
  },
  { name: 'freeze', title: 'Freeze the backend', proof: 'Cinder says frozen' },
  {
    name: 'stop-servers',
    title: 'Stop the servers, in reverse boot order',
    proof: 'Nova says SHUTOFF of each',
  },
  {
    name: 'stop-clients',
    title: 'No client holds an image open',
    proof: 'no watcher but rbd-mirror at the old primary, each named by a monitor session',
  },
  {
    name: 'demote',
    title: 'Demote every replicated volume at the old primary',
    proof: 'the old primary says non-primary',
  },
  {
    name: 'prove',
    title: 'Prove that every copy holds everything',
    proof: 'the journal is committed to its end, or the demotion snapshot is complete at the copy',
  },
  {
    name: 'fail-over-backend',
    title: 'Have Cinder fail over: it promotes what is proven',
    proof: 'Cinder serves from the target',
  },
  { name: 'verify', title: 'One primary for each image', proof: 'both sides read: exactly one primary a global id' },
  {
    name: 'see-volumes',
    title: 'Compare what Cinder says of each volume with what it said before',
    proof: 'each replicated volume has the status that it had',
  },
  {
    name: 'restore-volumes',
    title: 'Put back the statuses that the failover had spoiled',
    proof: 'each volume and snapshot has the status that it had before the failover',
    only: 'way-back',
  },
  {
    name: 'move-attachments',
    title: 'Make the attachments of data volumes anew',
    proof: 'the connection of each names monitors of the site that serves',
  },
  {
    name: 'start-servers',
    title: 'Start the servers, in boot order',
    proof: 'Nova says ACTIVE of each, and boot volumes lead to the site that serves',
  },
  { name: 'thaw', title: 'Thaw the backend', proof: 'enabled, not frozen, and the scheduler places volumes on it' },
  {
    name: 'see-replication',
    title: 'See replication run the other way',
    proof: 'the old primary replays the new journal, or holds the first snapshot',
  },
]

export interface CinderCompilation {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: Pick<PlanOptions, 'clients'>
  readonly backend: BackendMember
  readonly images: readonly ImageMember[]
  readonly servers: readonly ServerMember[]
  readonly volumes: readonly VolumeMember[]
}

/** A whole backend into steps and members. All or nothing, always: what stays behind Cinder would promote by force. */
export function compileCinderFailover(input: CinderCompilation): Plan {
  const { from, to, backend, images } = input
  const inOrder = <T extends { readonly key: string }>(list: readonly T[]) =>
    [...list].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const isWayBack = backend.target === WAY_BACK
  const steps = STEPS.filter(({ only }) => only === undefined || isWayBack).map(
    ({ name, title, proof }): { name: StepName; title: string; proof: string } => ({ name, title, proof }),
  )
  return {
    procedure: 'cinder-failover',
    version: 1,
    from,
    to,
    options: { allOrNothing: true, clients: input.options.clients },
    steps,
    members: [
      { kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools },
      backend,
      ...inOrder(input.servers),
      ...inOrder(images),
      ...inOrder(input.volumes),
    ],
  }
}
