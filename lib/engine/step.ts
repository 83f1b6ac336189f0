import type { Plan, PlanMember, StepName } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { ProbePort } from '@/lib/ports/probe'
import type { Memo } from '@/lib/ports/run-journal'

/**
 * A command whose stdout is a token or a key, and goes to the stdin of the act: in memory alone, read right before it. The
 * intent on disk has the argv of both and neither's secret.
 */
export interface SecretFrom {
  readonly site: SiteName
  readonly argv: readonly string[]
}

/** What a step would run, for the eye: the same functions make the real argv. */
export interface PreviewedAct {
  readonly site: SiteName
  readonly argv: readonly string[]
  readonly secretFrom?: SecretFrom
}

/**
 * What a look says of one member of a step. `done` needs its proof in words. `waiting`: time or somebody else heals it.
 * `blocked`: nothing that is waited for would heal it; the member fails. `ready`: act, with this argv at this site.
 */
export type Look =
  | { readonly kind: 'done'; readonly proof: string; readonly memo?: Memo }
  | {
      readonly kind: 'ready'
      readonly site: SiteName
      readonly argv: readonly string[]
      readonly memo?: Memo
      readonly secretFrom?: SecretFrom
    }
  | { readonly kind: 'waiting'; readonly reason: string; readonly memo?: Memo }
  | { readonly kind: 'blocked'; readonly reason: string }

export const done = (proof: string, memo?: Memo): Look => ({ kind: 'done', proof, ...(memo && { memo }) })
export const waiting = (reason: string, memo?: Memo): Look => ({ kind: 'waiting', reason, ...(memo && { memo }) })
export const blocked = (reason: string): Look => ({ kind: 'blocked', reason })
export const ready = (site: SiteName, argv: readonly string[], memo?: Memo, secretFrom?: SecretFrom): Look => ({
  kind: 'ready',
  site,
  argv,
  ...(memo && { memo }),
  ...(secretFrom && { secretFrom }),
})

/** One member as a step sees it. */
export interface Subject<M extends PlanMember = PlanMember> {
  readonly member: M
  readonly memo: Memo
}

export interface StepContext {
  readonly plan: Plan
  readonly clock: Clock
  mirror(site: SiteName): MirrorPort
  /** Throws AdapterError where no cloud is configured for the site. */
  cloud(site: SiteName): CloudPort
  /** Looks at what runs inside servers; null where nothing is looked at: then no gate but a person and a pause opens. */
  readonly probe: ProbePort | null
}

/** The ways to the sites that looks and acts are made over. `cloud`: null where none is configured. */
export interface Reach {
  readonly clock: Clock
  mirror(site: SiteName): MirrorPort
  cloud?(site: SiteName): CloudPort | null
  readonly probe?: ProbePort
}

/** What the looks of a plan's steps are given. */
export const contextOf = (plan: Plan, reach: Reach): StepContext => ({
  plan,
  clock: reach.clock,
  mirror: (site) => reach.mirror(site),
  cloud: (site) => cloudOf(reach, site),
  probe: reach.probe ?? null,
})

export function cloudOf(reach: Pick<Reach, 'cloud'>, site: SiteName): CloudPort {
  const cloud = reach.cloud?.(site) ?? null
  if (cloud === null)
    throw new AdapterError(
      'unavailable',
      site,
      'cloud',
      `${site} has no cloud: name it in antipode.yaml under openstack`,
    )
  return cloud
}

/** Look, act, look. The second look decides, not the exit code. */
export interface Step {
  readonly name: StepName
  applies(member: PlanMember, plan: Plan): boolean
  /** In the order asked, in as few calls as the ports allow. May throw AdapterError: then everybody waits. */
  observe(subjects: readonly Subject[], context: StepContext): Promise<readonly Look[]>
  /** What it would run for this member. */
  preview(member: PlanMember, plan: Plan): readonly PreviewedAct[]
  /** Members of a lower rank go first. */
  rank?(member: PlanMember): number
  /** Among all members, and not only within a family. */
  readonly ranksAll?: boolean
  /** Of what ranks all: one that has stopped holds up all of a higher rank, until somebody decides about it. */
  stoppedHolds?(plan: Plan): boolean
  /** Not even looked at before its turn: what it looks at may be so by chance until then. */
  readonly inTurn?: boolean
  /** Where this act may hang: how soon that is said, and what the operator can do. It is never killed. */
  readonly overdue?: Overdue
}

export interface Overdue {
  readonly afterMs: number
  hint(plan: Plan): string
}

/** A step for members of one kind. */
export function stepFor<K extends PlanMember['kind']>(
  kind: K,
  step: {
    name: StepName
    applies?(member: Extract<PlanMember, { kind: K }>, plan: Plan): boolean
    observe(
      subjects: readonly Subject<Extract<PlanMember, { kind: K }>>[],
      context: StepContext,
    ): Promise<readonly Look[]>
    preview?(member: Extract<PlanMember, { kind: K }>, plan: Plan): readonly PreviewedAct[]
    rank?(member: Extract<PlanMember, { kind: K }>): number
    readonly ranksAll?: boolean
    stoppedHolds?(plan: Plan): boolean
    readonly inTurn?: boolean
    readonly overdue?: Overdue
  },
): Step {
  type M = Extract<PlanMember, { kind: K }>
  return {
    name: step.name,
    applies: (member, plan) => member.kind === kind && (step.applies?.(member as M, plan) ?? true),
    observe: (subjects, context) => step.observe(subjects as readonly Subject<M>[], context),
    preview: (member, plan) => step.preview?.(member as M, plan) ?? [],
    rank: (member) => step.rank?.(member as M) ?? 0,
    ...(step.ranksAll && { ranksAll: true }),
    ...(step.stoppedHolds && { stoppedHolds: step.stoppedHolds }),
    ...(step.inTurn && { inTurn: true }),
    ...(step.overdue && { overdue: step.overdue }),
  }
}
