import type { BootGate } from '@/lib/domain/boot-order'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import type { BackendMember, GateMember, ServerMember, VolumeMember } from '@/lib/domain/cloud-plan'
import type { ImageMember, Outage, Plan, PlanOptions, StepName } from '@/lib/domain/plan'
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
    proof:
      'Nova says ACTIVE of each, boot volumes lead to the site that serves, and each gate between the orders is open',
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
  /** What has to be seen between the boot orders; none where nobody asked for any. */
  readonly gates?: readonly BootGate[]
}

const FORCED: readonly StepName[] = [
  ...(['see-silence', 'check-copy', 'check-backend', 'freeze', 'stop-servers', 'fail-over-backend'] as const),
  ...(['see-primary', 'mark-point', 'see-volumes', 'move-attachments', 'start-servers', 'thaw'] as const),
]

/** Past a cinder-volume that cannot be told: it is not frozen, since that too is asked of it, and images are promoted from here. */
const PAST: readonly StepName[] = [
  ...(['see-silence', 'check-copy', 'see-cinder-down', 'stop-servers', 'force-promote', 'see-primary'] as const),
  ...(['mark-point', 'set-records', 'start-cinder-volume', 'see-volumes', 'move-attachments'] as const),
  ...(['start-servers', 'thaw'] as const),
]

const FORCED_WORDS: Partial<Record<StepName, { readonly title: string; readonly proof: string }>> = {
  'see-silence': {
    title: 'See that the site is silent, from two places',
    proof: 'neither this console nor the other site reaches it, or what fences it was declared',
  },
  'check-copy': {
    title: 'Look at the copies',
    proof: 'a whole copy of each is at the target, and nobody answers as its primary',
  },
  'fail-over-backend': {
    title: 'Have Cinder fail over: it promotes the copies by force, as they are',
    proof: 'Cinder serves from the target',
  },
  'see-primary': { title: 'See that each is primary', proof: 'the target says so itself' },
  'see-cinder-down': {
    title: 'See that cinder-volume does not run',
    proof: 'Cinder says down, and the plan has every replicated volume of the backend',
  },
  'force-promote': { title: 'Promote by force, parents first', proof: 'the target says primary' },
  'set-records': {
    title: "Set Cinder's records as a failover would have left them",
    proof: 'its row names the target, and no replicated volume says enabled',
  },
  'start-cinder-volume': { title: 'Start cinder-volume', proof: 'Cinder says up, and its row names the target' },
  'mark-point': {
    title: 'Take a snapshot of each as it was promoted',
    proof: 'the snapshot is there: what both sides wrote since can be told apart',
  },
}

/** The same where the site is lost: nothing is demoted, what the copies do not hold is lost, and none is protected after. */
export function compileCinderForced(input: CinderCompilation & { readonly outage: Outage }): Plan {
  const whole = compileCinderFailover(input)
  const known = new Map(STEPS.map((step) => [step.name, step]))
  const names = input.backend.past === undefined ? FORCED : PAST
  const steps = names.map((name) => {
    const { title = name, proof = '' } = FORCED_WORDS[name] ?? known.get(name) ?? {}
    return { name, title, proof }
  })
  const options = { ...whole.options, allOrNothing: false }
  return { ...whole, procedure: 'cinder-forced', options, outage: input.outage, steps }
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
      ...gateMembers(backend, input.gates ?? []),
      ...inOrder(images),
      ...inOrder(input.volumes),
    ],
  }
}

/** In the order in which they were written: that is how they are named, and how the plan is hashed. */
const gateMembers = ({ key }: BackendMember, gates: readonly BootGate[]): readonly GateMember[] =>
  gates.map(({ after, gate }, place): GateMember => {
    const own = `${key.replace(/^backend:/, 'gate:')}/${after}/${place}`
    return { kind: 'gate', key: own, family: own, generation: 0, after, gate }
  })
