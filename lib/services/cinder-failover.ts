import type { VolumeService } from '@/lib/domain/cloud'
import { placeOf, WAY_BACK } from '@/lib/domain/cloud-place'
import type { PastCinder, VolumeMember } from '@/lib/domain/cloud-plan'
import type { Plan } from '@/lib/domain/plan'
import { typedSite } from '@/lib/domain/procedure-traits'
import type { SiteName } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import type { ControllerGrant } from '@/lib/ports/controller'
import { AdapterError } from '@/lib/ports/errors'
import { statedAsks, withAsks } from '@/lib/procedures/asks'
import { changesOf } from '@/lib/procedures/cinder-changes'
import { type Former, readGround } from '@/lib/procedures/cinder-ground'
import { namedRows } from '@/lib/procedures/ledger-volumes'
import { prepareCinderFailover } from '@/lib/procedures/prepare-cinder'
import type { Candidate, Prepared } from '@/lib/procedures/prepare-parts'
import { tornAsks } from '@/lib/procedures/torn-clones'
import type { Store } from '@/lib/store/database'
import { statedNow } from '@/lib/store/stated'
import type { BackendsView, CinderIntent, StartCinderInput } from '@/lib/views/cinder-failover'
import type { SetUpPreview } from '@/lib/views/set-up'
import { beginRun } from './begin-run'
import type { CloudContext } from './context'
import { ServiceError } from './errors'
import { heldNow } from './held-now'
import { movingGroup } from './moving-group'
import { candidate, hollowNames, NOT_HELD, type Row, rowsOf } from './prepare-failover'
import { rememberedPools } from './remembered-pools'
import { previewChanges } from './set-up'
import { timeText } from './statement-checks'
import { lostSite, storedHeld } from './stored-site'

/** The backends of every cloud, for somebody who chooses. A cloud that does not answer is named and keeps nobody waiting. */
export async function lookAtBackends(_: unknown, context: CloudContext): Promise<BackendsView> {
  const silent: BackendsView['silent'] = []
  const found = await Promise.all(
    context.sites.map(async (site): Promise<BackendsView['backends']> => {
      const cloud = context.cloud(site)
      if (cloud === null) return []
      try {
        const [services, pools, remembered] = await Promise.all([
          cloud.volumeServices(),
          cloud.backendPools(),
          rememberedPools(context.store, site),
        ])
        return services.map((service) => {
          const listed = pools.filter(({ host }) => host === service.host)
          const mine = listed.length > 0 ? listed : remembered.filter(({ host }) => host === service.host)
          const place = placeOf({ service, pools: mine, first: site, ...context.backendSites(site, service.host) })
          const back = service.activeBackendId === null ? [] : [{ name: WAY_BACK, site }]
          const { host, activeBackendId, replicationStatus, state, frozen } = service
          const ahead = place.targets.filter(({ name }) => name !== activeBackendId)
          const targets = [...back, ...ahead.map(({ name, site: to }) => ({ name, site: to }))]
          return { cloud: site, host, serves: place.active, activeBackendId, replicationStatus, state, frozen, targets }
        })
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error
        silent.push({ cloud: site, reason: error.told })
        return []
      }
    }),
  )
  return { at: context.clock.now(), backends: found.flat(), silent }
}

interface PreparedCinder extends Prepared {
  readonly from: SiteName
  readonly to: SiteName
}

/** The cloud that was named. Throws ServiceError. */
function cloudNamed({ cloud }: CinderIntent, context: CloudContext): CloudPort {
  if (!context.sites.includes(cloud))
    throw new ServiceError('invalid', `There is no site ${cloud}; the sites are ${context.sites.join(', ')}.`)
  const port = context.cloud(cloud)
  if (port === null)
    throw new ServiceError('invalid', `${cloud} has no cloud: name it in antipode.yaml under openstack.`)
  return port
}

const noSuchBackend = ({ cloud, host }: CinderIntent): ServiceError =>
  new ServiceError('missing', `The cloud of ${cloud} has no cinder-volume ${host}.`)

/** From where to where the backend would go, from where it serves now. Throws ServiceError. */
function routeOf(
  service: VolumeService,
  { cloud, host, target }: CinderIntent,
  context: CloudContext,
): Pick<PreparedCinder, 'from' | 'to'> {
  const from = context.targetSite(cloud, host, service.activeBackendId ?? WAY_BACK)
  const to = context.targetSite(cloud, host, target)
  if (from === null || to === null)
    throw new ServiceError(
      'invalid',
      `Which site ${target} of ${host} leads to is not known: name it in antipode.yaml, openstack.backends of ${cloud}.`,
    )
  if (from === to) throw new ServiceError('refused', `${host} serves from ${to} already: Cinder is not called again.`)
  return { from, to }
}

async function prepare(intent: CinderIntent, context: CloudContext): Promise<PreparedCinder> {
  const { cloud, host, target, clients, volumes, lost, group: name } = intent
  const port = cloudNamed(intent, context)
  const ground = await readGround(port, host)
  if (ground === null) throw noSuchBackend(intent)
  const { from, to } = routeOf(ground.service, intent, context)
  const [rows, former, facts] = await Promise.all([
    rowsOf(context.store, from, to),
    formerOf(context.store, `backend:${cloud}/${host}`),
    context.cluster(to).facts(),
  ])
  const { stored, skewMs } = await storedHeld(context.store, from, rows)
  const moving =
    name === undefined ? null : await movingGroup(context.store, { name, cloud, host }, port, ground.everywhere)
  const input = {
    ...{ cloud, host, from, to, target, ground, former, options: { clients } },
    lost: lost === undefined ? null : { fence: lost, ...(await lostSite(context.store, from)) },
    past: lost === undefined || intent.past === undefined ? null : pastOf(context.controllerGrant(cloud)),
    only: moving?.volumes ?? (volumes === undefined ? null : new Set(volumes)),
    ...(moving !== null && { group: moving, gates: moving.gates }),
    candidates: candidatesByName(rows),
    hollow: hollowNames(rows),
    monitors: facts.monEndpoints ?? facts.monAddresses,
  }
  const prepared = await prepareCinderFailover(input, {
    clock: context.clock,
    mirror: context.mirror,
    held: async ({ key }, atFrom, atTo) => heldNow(stored.get(key) ?? NOT_HELD, atFrom, atTo, skewMs),
  })
  const pools = new Set(prepared.ledger.rows.map(({ image }) => image.pool))
  const stated = await statedNow(context.store)
  const asks = statedAsks({ procedure: procedureOf(intent), from, to, pools }, stated, prepared.at, timeText)
  const asked = withAsks(prepared, [...asks, ...tornAsks(prepared.plan)])
  const changes = asked.plan === null ? [] : changesOf(asked.plan)
  const rowsNamed = lost === undefined ? asked.ledger.rows : await namedRows(asked.ledger.rows, ground, port)
  return { ...asked, ledger: { ...asked.ledger, rows: rowsNamed, changes }, from, to }
}

/** Who does what no API does. */
const pastOf = (grant: ControllerGrant | null): PastCinder => ({
  records: grant === null ? 'hand' : 'controller',
  conf: grant?.cinderConf ?? [],
  start: grant?.startCinderVolume ?? null,
})

/** By the name of the image; one that stands in two pools is nobody's: it would be the wrong one half of the time. */
function candidatesByName(rows: readonly Row[]): ReadonlyMap<string, Candidate> {
  const pools = new Map<string, Set<string>>()
  for (const { name, pool } of rows) pools.set(name, (pools.get(name) ?? new Set()).add(pool))
  return new Map(rows.flatMap((row) => (pools.get(row.name)?.size === 1 ? [[row.name, candidate(row)] as const] : [])))
}

/** What volumes of the backend were before it was failed over last, from the plan of that run: Cinder forgets it. */
async function formerOf(store: Store, key: string): Promise<Former> {
  const rows = await store
    .selectFrom('run_members')
    .innerJoin('runs', 'runs.id', 'run_members.run_id')
    .select('runs.plan')
    .where('run_members.key', '=', key)
    .orderBy('runs.created_at', 'desc')
    .limit(20)
    .execute()
  for (const { plan: json } of rows) {
    const { members } = JSON.parse(json) as Plan
    const over = members.some((member) => member.kind === 'backend' && member.target !== WAY_BACK)
    if (!over) continue
    return new Map(
      members.filter((member): member is VolumeMember => member.kind === 'volume').map((one) => [one.id, one]),
    )
  }
  return new Map()
}

/** Everything the wizard shows before the click. Throws ServiceError and AdapterError. */
export async function previewCinder(intent: CinderIntent, context: CloudContext): Promise<SetUpPreview> {
  const prepared = await prepare(intent, context)
  const { from, to, ledger } = prepared
  const procedure = procedureOf(intent)
  const preview = previewChanges(
    {
      ...{ procedure, from, to, title: titleOf(intent, from, to) },
    },
    { ...prepared, changes: ledger.changes ?? [], setAside: ledger.setAside, withoutDaemon: [] },
    context,
  )
  if (intent.lost === undefined) return preview
  const { at, outage, rows, setAside } = ledger
  return { ...preview, losses: { at, rows: [...rows], setAside: [...setAside], ...(outage && { outage }) } }
}

/** Starts the failover of a backend as it was approved. Throws ServiceError and AdapterError. */
export async function startCinder(input: StartCinderInput, context: CloudContext): Promise<{ readonly runId: string }> {
  const { intent } = input
  // Whose name is to be typed costs one question; what costs many is looked at once that is right, and it is no double click.
  const services = await cloudNamed(intent, context).volumeServices()
  const service = services.find(({ host }) => host === intent.host)
  if (service === undefined) throw noSuchBackend(intent)
  const { from, to } = routeOf(service, intent, context)
  return beginRun(
    input,
    {
      typedSite: typedSite({ procedure: procedureOf(intent), from, to }),
      prepare: () => prepare(intent, context),
      title: () => titleOf(intent, from, to),
    },
    context,
  )
}

const procedureOf = ({ lost }: CinderIntent) => (lost === undefined ? 'cinder-failover' : 'cinder-forced')

const titleOf = ({ host, target, lost, group }: CinderIntent, from: SiteName, to: SiteName): string =>
  `${target === WAY_BACK ? 'Fail back' : 'Fail over'} ${group === undefined ? '' : `group ${group}, `}Cinder backend ${host} from ${from} to ${to}${lost === undefined ? '' : ', by force'}`
