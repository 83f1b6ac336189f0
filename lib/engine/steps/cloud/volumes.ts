import type { Volume, VolumeSnapshot } from '@/lib/domain/cloud'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import type { VolumeMember } from '@/lib/domain/cloud-plan'
import { cloudArgv } from '@/lib/ports/cloud'
import type { Memo } from '@/lib/ports/run-journal'
import {
  blocked,
  done,
  type Look,
  ready,
  type Step,
  type StepContext,
  type Subject,
  stepFor,
  waiting,
} from '../../step'
import { planned } from './backend'

/** Statuses between two others: Cinder or Nova is at work. */
const PASSING: ReadonlySet<string> = new Set([
  'attaching',
  'detaching',
  'creating',
  'reserved',
  'extending',
  'retyping',
])

/** Cinder writes the row of its service first, and then those of the volumes, one after the other. Milliseconds. */
const ROWS_MS = 5 * 60_000

/** A volume of which Cinder still says what it said before: it comes to it, or it died in between. */
function notWrittenYet({ since }: Memo, says: string, { clock }: StepContext): Look {
  const from = typeof since === 'number' ? since : clock.now()
  if (clock.now() - from > ROWS_MS)
    return blocked(`Cinder says ${says} of its replication still: did cinder-volume end while it failed over?`)
  const text = `Cinder says ${says} of its replication still: it writes of one volume after the other`
  return since === from ? waiting(text) : waiting(text, { since: from })
}

/** What Cinder says of every volume afterwards, against what it said before. */
export const seeVolumes: Step = stepFor('volume', {
  name: 'see-volumes',
  observe: (subjects, context) =>
    lookAtVolumes(subjects, context, ({ member, memo }, volume) => {
      const back = planned.backend(context.plan)?.target === WAY_BACK
      if (!member.replicated)
        return done(
          back
            ? `not replicated: ${volume.status}, put back in a later step`
            : `not replicated: ${volume.status} until the failback, its data is at ${context.plan.from}; before: ${member.status}`,
        )
      const wanted = back ? 'enabled' : 'failed-over'
      const before = back ? 'failed-over' : 'enabled'
      if (volume.replicationStatus === before) return notWrittenYet(memo, before, context)
      if (volume.replicationStatus !== wanted)
        return blocked(
          `Cinder says ${volume.replicationStatus ?? 'null'} of its replication and ${volume.status} of it, not ${wanted}; its image is seen in the next step`,
        )
      if (volume.status === member.status) return done(`${volume.status}, ${wanted}`)
      if (PASSING.has(volume.status)) return waiting(`it is ${volume.status}`)
      return back && volume.status === 'error'
        ? done('in error: put back in a later step')
        : blocked(`it is ${volume.status}; before it was ${member.status}`)
    }),
})

/** Cinder leaves in `error` what it put there at the failover: the status that it had is written back, its snapshots too. */
export const restoreVolumes: Step = stepFor('volume', {
  name: 'restore-volumes',
  async observe(subjects, context) {
    const snapshots = await snapshotsOf(subjects, context)
    return lookAtVolumes(subjects, context, ({ member }, volume) => {
      if (volume.status === 'error' && member.status !== 'error')
        return ready(member.cloud, cloudArgv.resetVolumeStatus(member.id, member.status))
      const spoiled = member.snapshots.find(
        ({ id, status }) => status !== 'error' && snapshots.get(id)?.status === 'error',
      )
      if (spoiled !== undefined) return ready(member.cloud, cloudArgv.resetSnapshotStatus(spoiled.id, spoiled.status))
      return done(
        member.replicated
          ? volume.status
          : `${volume.status}; its replication status stays ${volume.replicationStatus ?? 'null'}, which Cinder's API cannot set`,
      )
    })
  },
  preview: (member) =>
    member.replicated ? [] : [{ site: member.cloud, argv: cloudArgv.resetVolumeStatus(member.id, member.status) }],
})

async function snapshotsOf(
  subjects: readonly Subject<VolumeMember>[],
  context: StepContext,
): Promise<ReadonlyMap<string, VolumeSnapshot>> {
  const ids = subjects.flatMap(({ member }) => member.snapshots.map(({ id }) => id))
  const [first] = subjects
  if (first === undefined || ids.length === 0) return new Map()
  return new Map((await context.cloud(first.member.cloud).snapshots(ids)).map((one) => [one.id, one]))
}

async function lookAtVolumes(
  subjects: readonly Subject<VolumeMember>[],
  context: StepContext,
  decide: (subject: Subject<VolumeMember>, volume: Volume) => Look,
): Promise<readonly Look[]> {
  const [first] = subjects
  if (first === undefined) return []
  const found = await context.cloud(first.member.cloud).volumes(subjects.map(({ member }) => member.id))
  const byId = new Map(found.map((volume) => [volume.id, volume]))
  return subjects.map((subject) => {
    const volume = byId.get(subject.member.id)
    return volume === undefined ? blocked('Cinder has no such volume any more') : decide(subject, volume)
  })
}
