import type { Volume, VolumeService } from '@/lib/domain/cloud'
import { isTakenAlong } from '@/lib/domain/cloud-ghosts'
import type { BackendMember } from '@/lib/domain/cloud-plan'
import { volumeText } from '@/lib/domain/host-volumes'
import { byHandArgv, controllerArgv } from '@/lib/ports/controller'
import type { Memo } from '@/lib/ports/run-journal'
import {
  blocked,
  done,
  type Look,
  type PreviewedAct,
  ready,
  type Step,
  type StepContext,
  stepFor,
  waiting,
} from '../../step'
import { fromService, notPrimaryAt, planned, volumesInTheWay } from './backend'

const alive = (host: string): Look =>
  waiting(`cinder-volume of ${host} is up, and would act beside this: stop it on every controller, and it goes on`)

/** Past cinder-volume nothing is done while it may act on its own: that it has stopped to report is seen here. */
export const seeCinderDown: Step = stepFor('backend', {
  name: 'see-cinder-down',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member }) =>
        fromService(member, context, async (service): Promise<Look> => {
          if (service.state === 'up') return alive(member.host)
          if (service.activeBackendId !== member.activeBefore) return movedText(member, service)
          const inTheWay = await volumesInTheWay(member, service, context)
          return (
            inTheWay ?? done(`cinder-volume of ${member.host} is down, and has not reported since ${since(service)}`)
          )
        }),
      ),
    ),
})

const since = ({ updatedAt }: VolumeService): string =>
  updatedAt === null ? 'a time that Cinder does not name' : new Date(updatedAt).toISOString()

const movedText = ({ host, activeBefore }: BackendMember, { activeBackendId: now }: VolumeService): Look =>
  blocked(
    `${host} has ${now ?? 'its first backend'} as its active backend, and had ${activeBefore ?? 'its first one'} when the plan was made: stop this run and look again`,
  )

/**
 * Cinder's own records say then what failover_host would have left: a row that serves from the target, disabled and frozen
 * until the thaw, and volumes that are failed-over. Written only once each image is primary there, and nobody of it lives.
 */
export const setRecords: Step = stepFor('backend', {
  name: 'set-records',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member }) =>
        fromService(member, context, async (service): Promise<Look> => {
          const left = await unsetText(member, service, context)
          if (left === null) return done(`${member.host} serves from ${member.target}, by its row and by each volume's`)
          const moved = service.activeBackendId !== member.activeBefore && service.activeBackendId !== member.target
          if (moved) return movedText(member, service)
          if (service.state === 'up') return alive(member.host)
          const unfit = await unpromoted(context)
          if (unfit !== null) return unfit
          const inTheWay = await volumesInTheWay(member, service, context)
          if (inTheWay !== null) return inTheWay
          if (member.past?.records === 'controller') return ready(member.cloud, recordsArgv(member, context))
          return waiting(
            `${left}. Somebody with a shell at the controller does it by the commands of this step; what waits in the queue of cinder-volume for ${member.host}, and is a failover_host, is taken out first`,
          )
        }),
      ),
    ),
  preview: (member, plan) =>
    member.past?.records === 'controller'
      ? [{ site: member.cloud, argv: recordsArgv(member, { plan }) }]
      : [byHandArgv.seeQueue(), byHandArgv.setRecords(member)].map((argv) => ({ site: member.cloud, argv })),
})

const recordsArgv = ({ host, target, past }: BackendMember, { plan }: Pick<StepContext, 'plan'>): readonly string[] => {
  const replicated = planned.volumes(plan).filter((one) => one.replicated).length
  return controllerArgv.setRecords({ host, target, replicated }, past?.conf ?? [])
}

/** What Cinder's records still say of before; null where all is set. A ghost keeps its null: it has nothing to serve. */
async function unsetText(member: BackendMember, service: VolumeService, context: StepContext): Promise<string | null> {
  const { host, target } = member
  const said = `its row says ${service.replicationStatus}, active backend ${service.activeBackendId ?? 'none'}`
  if (service.activeBackendId !== target || service.replicationStatus !== 'failed-over')
    return `Cinder's records of ${host} are of before: ${said}`
  const mine = new Set(planned.volumes(context.plan).map(({ id }) => id))
  const volumes = await context.cloud(member.cloud).volumes('all')
  const old = volumes.find((volume) => mine.has(volume.id) && isOfBefore(volume))
  return old === undefined ? null : `volume ${volumeText(old)} still says ${old.replicationStatus}`
}

/** Or of a cinder-volume that came to a failover_host of its queue beside this: it finds all promoted, and says failover-error. */
const isOfBefore = (volume: Volume): boolean =>
  isTakenAlong(volume) && (volume.replicationStatus === 'enabled' || volume.replicationStatus === 'failover-error')

/** The first image that Cinder would serve without its being primary there; one that was set aside is still Cinder's. */
async function unpromoted(context: StepContext): Promise<Look | null> {
  const { plan } = context
  const images = planned.images(plan).map(({ image }) => image)
  const [first] = await notPrimaryAt(plan.to, images, context)
  if (first === undefined) return null
  const [name, why] = first
  const text = `${name} ${why} at ${plan.to}`
  return why === 'is not known'
    ? waiting(text)
    : blocked(
        `${text}, and Cinder would serve it from there: promote it, or take its volume out of Cinder (cinder unmanage)`,
      )
}

/** How long one that was started may take to report. */
const REPORTS_MS = 30_000
const startedAt = ({ toldAt: at }: Memo): number | null => (typeof at === 'number' ? at : null)

/** It begins with the records as they are now, so it connects to the cluster that lives. */
export const startCinderVolume: Step = stepFor('backend', {
  name: 'start-cinder-volume',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member, memo }) =>
        fromService(member, context, (service, stand): Look => {
          if (stand.kind === 'under-way') return waiting(stand.text)
          if (stand.kind !== 'after')
            return blocked(`${member.host} does not serve from ${member.target}: its records are not set`)
          if (service.state === 'up')
            return done(`cinder-volume of ${member.host} is up, and serves from ${member.target}`)
          const argv = member.past?.start ?? null
          if (argv === null) return waiting(`cinder-volume of ${member.host} is down: start it, and it goes on`)
          const at = startedAt(memo)
          if (at !== null && context.clock.now() - at < REPORTS_MS)
            return waiting(
              `cinder-volume of ${member.host} was started, and does not report yet; where that lasts its log says why`,
            )
          // Started again it is no second one: whoever runs it knows that it runs.
          return ready(member.cloud, controllerArgv.start(argv), { ...memo, toldAt: context.clock.now() })
        }),
      ),
    ),
  preview: ({ cloud, past }): readonly PreviewedAct[] => [
    { site: cloud, argv: past?.start == null ? byHandArgv.start() : controllerArgv.start(past.start) },
  ],
})
