import { daemonGuides } from '@/lib/domain/daemon-guide'
import { objectiveSec } from '@/lib/domain/objective'
import type { Plan } from '@/lib/domain/plan'
import { typedSite } from '@/lib/domain/procedure-traits'
import { TAKEN_DOWN, takenDownBy } from '@/lib/domain/taken-down'
import { pairOf, specText } from '@/lib/domain/words'
import { actorOf } from '@/lib/engine/actor'
import { statedAsks, withAsks } from '@/lib/procedures/asks'
import { readGround } from '@/lib/procedures/ground'
import { planHash } from '@/lib/procedures/plan-hash'
import { type PreparedChange, prepareSetUp } from '@/lib/procedures/prepare-set-up'
import { prepareTakeDown } from '@/lib/procedures/prepare-take-down'
import { runbook } from '@/lib/procedures/runbook'
import { keptApart, statedNow } from '@/lib/store/stated'
import type {
  GroundRequest,
  GroundView,
  SetUpIntent,
  SetUpPreview,
  StartSetUpInput,
  StartTakeDownInput,
  TakeDownIntent,
} from '@/lib/views/set-up'
import { beginRun, type Ready } from './begin-run'
import type { CloudContext, ClusterContext, ServiceContext } from './context'
import { ServiceError } from './errors'
import { stepsOf } from './preview-failover'
import { timeText } from './statement-checks'

function checkSites({ from, to }: { readonly from: string; readonly to: string }, { sites }: ClusterContext): void {
  for (const site of [from, to]) {
    if (!sites.includes(site))
      throw new ServiceError('invalid', `There is no site ${site}; the sites are ${sites.join(', ')}.`)
  }
  if (from === to) throw new ServiceError('invalid', `${from} cannot be mirrored to itself: choose two sites.`)
}

/** What both sites have, for somebody who chooses. Read now; nothing is changed. Throws ServiceError and AdapterError. */
export async function lookAtGround(request: GroundRequest, context: ClusterContext): Promise<GroundView> {
  const { from, to, pools } = request
  checkSites(request, context)
  const ground = await readGround(from, to, context)
  const wanted = pools.filter((pool) => ground.from.pools.includes(pool))
  const images = (await Promise.all(wanted.map((pool) => context.mirror(from).poolImages(pool)))).flat()
  const poolAt = (site: typeof ground.from, pool: string) => {
    if (!site.pools.includes(pool)) return null
    const read = ground.now(site.site, pool)
    if (read.kind === 'unknown') throw new ServiceError('failed', `Pool ${pool} at ${site.site}: ${read.reason}`)
    return { mode: read.value.mode, peers: read.value.peers.map(({ siteName }) => siteName) }
  }
  return {
    at: context.clock.now(),
    sites: [ground.from, ground.to].map(({ site, siteName, facts: { fsid, version } }) => ({
      site,
      siteName,
      fsid,
      version,
    })),
    sameFsid: ground.from.facts.fsid === ground.to.facts.fsid,
    pools: [...new Set([...ground.from.pools, ...ground.to.pools])].sort().map((name) => ({
      name,
      objectiveSec: objectiveSec(context.objectives, pairOf(from, to), name),
      from: poolAt(ground.from, name),
      to: poolAt(ground.to, name),
    })),
    images: images.map(({ spec, sizeBytes, features, parent, children, mirrored }) => ({
      ...{ spec: specText(spec), pool: spec.pool, sizeBytes, features: [...features], children },
      parent: parent === null ? null : specText(parent),
      mirrored: mirrored?.mode ?? null,
      role: mirrored?.role ?? null,
    })),
  }
}

/** Everything the set-up wizard shows before the click. Throws ServiceError and AdapterError. */
export async function previewSetUp(intent: SetUpIntent, context: ClusterContext): Promise<SetUpPreview> {
  checkSites(intent, context)
  return previewOf('set-up', intent, await prepareSetUp(intent, context), context)
}

/** Everything the wizard that takes mirroring down shows before the click. Throws ServiceError and AdapterError. */
export async function previewTakeDown(intent: TakeDownIntent, context: ClusterContext): Promise<SetUpPreview> {
  checkSites(intent, context)
  return previewOf('take-down', intent, await takeDownAsked(intent, context), context)
}

/** What it would find and run, and what has to be agreed to before: what operators have stated of these sites counts. */
async function takeDownAsked(intent: TakeDownIntent, context: ClusterContext): Promise<PreparedChange> {
  const { from, to } = intent
  const [apart, stated] = await Promise.all([keptApart(context.store), statedNow(context.store)])
  const prepared = await prepareTakeDown(intent, context, apart)
  const of = { procedure: 'take-down', from, to, pools: new Set(intent.pools) } as const
  return withAsks(prepared, statedAsks(of, stated, prepared.at, timeText))
}

function previewOf(
  procedure: SetUpPreview['procedure'],
  { from, to }: { readonly from: string; readonly to: string },
  prepared: PreparedChange,
  context: ClusterContext,
): SetUpPreview {
  const { plan } = prepared
  const title =
    procedure === 'set-up' || plan === null ? `${from} to ${to}` : TAKEN_DOWN[takenDownBy(plan.steps)].title(from, to)
  return previewChanges({ procedure, from, to, title }, prepared, context)
}

/** What a wizard of changes shows before the click. */
export function previewChanges(
  of: Pick<SetUpPreview, 'procedure' | 'from' | 'to'> & { readonly title: string },
  prepared: PreparedChange,
  context: ServiceContext & Pick<Partial<CloudContext>, 'cloud'>,
): SetUpPreview {
  const { plan, at, refusal, findings, changes, setAside, withoutDaemon } = prepared
  const { procedure, from, to, title } = of
  const shown = (site: string, argv: readonly string[]) => actorOf(context, site, argv).shown(argv)
  return {
    ...{ at, procedure, from, to, typedSite: typedSite(of), refusal },
    planHash: plan === null ? null : planHash(plan),
    images: plan?.members.filter(({ kind }) => kind === 'image').length ?? 0,
    findings: findings.map((finding) => ({ ...finding, keys: [...finding.keys] })),
    changes: changes.map((change) => ({ ...change })),
    setAside: setAside.map((one) => ({ ...one })),
    steps: plan === null ? [] : stepsOf(plan, shown),
    script: plan === null ? '' : runbook(plan, title, shown, () => 0),
    guides: withoutDaemon.map((site) => ({
      site,
      tools: daemonGuides(site).map(({ tool, lines }) => ({ tool, lines: [...lines] })),
    })),
  }
}

/** Starts a set-up as it was approved. Throws ServiceError and AdapterError. */
export async function startSetUp(input: StartSetUpInput, context: ClusterContext): Promise<{ readonly runId: string }> {
  const { intent } = input
  checkSites(intent, context)
  const beginning = {
    typedSite: intent.to,
    prepare: async () => readyOf(await prepareSetUp(intent, context)),
    title: (_: unknown, images: number) => `Set up mirroring from ${intent.from} to ${intent.to}${partText(images)}`,
  }
  return beginRun(input, beginning, context)
}

/** Starts a take-down as it was approved. Throws ServiceError and AdapterError. */
export async function startTakeDown(
  input: StartTakeDownInput,
  context: ClusterContext,
): Promise<{ readonly runId: string }> {
  const { intent } = input
  checkSites(intent, context)
  const beginning = {
    typedSite: intent.to,
    prepare: async () => readyOf(await takeDownAsked(intent, context)),
    title: (plan: Plan, images: number) =>
      `${TAKEN_DOWN[takenDownBy(plan.steps)].title(intent.from, intent.to)}${partText(images)}`,
  }
  return beginRun(input, beginning, context)
}

const partText = (images: number): string => (images === 0 ? '' : `: ${images} ${images === 1 ? 'image' : 'images'}`)

const readyOf = ({ at, plan, refusal, findings, changes, setAside }: PreparedChange): Ready => ({
  ...{ plan, refusal, findings },
  ledger: { at, rows: [], changes, setAside },
})
