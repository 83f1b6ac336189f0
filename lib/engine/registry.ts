import type { StepName } from '@/lib/domain/plan'
import type { Overdue, Step } from './step'
import { addPeers } from './steps/add-peers'
import { checkCopy } from './steps/check-copy'
import { checkLoser, checkLoserSite } from './steps/check-loser'
import { checkBackend } from './steps/cloud/check-backend'
import { failOverBackend } from './steps/cloud/fail-over-backend'
import { freeze, thaw } from './steps/cloud/freeze'
import { openGates } from './steps/cloud/gates'
import { seeCinderDown, setRecords, startCinderVolume } from './steps/cloud/past-cinder'
import { moveAttachments, startServers, stopServers } from './steps/cloud/servers'
import { restoreVolumes, seeVolumes } from './steps/cloud/volumes'
import { demote } from './steps/demote'
import { disableMirroring, removeJournaling, seeCopiesGone } from './steps/disable-images'
import { enableFeatures, enableMirroring } from './steps/enable-images'
import { enablePool } from './steps/enable-pool'
import { finalSnapshot } from './steps/final-snapshot'
import { firstSnapshot } from './steps/first-snapshot'
import { flatten, seeFlatCopy } from './steps/flatten'
import { forcePromote, seePrimary } from './steps/force-promote'
import { endMirroring, keepLoser } from './steps/keep-loser'
import { markPoint } from './steps/mark-point'
import { preflightImages, preflightSites } from './steps/preflight'
import { promote } from './steps/promote'
import { prove } from './steps/prove'
import { disablePool, removePeers } from './steps/remove-peers'
import { checkResync, checkResyncSite, resync } from './steps/resync'
import { addSchedule, removeSchedule } from './steps/schedules'
import { seeCopy } from './steps/see-copy'
import { seeDaemons } from './steps/see-daemons'
import { seeFollowing } from './steps/see-following'
import { seeReplication } from './steps/see-replication'
import { seeSilence } from './steps/see-silence'
import { seeWays } from './steps/see-ways'
import { removeSchedules, seeScheduleFire, setSchedule } from './steps/set-schedule'
import { stopClients } from './steps/stop-clients'
import { seeArrival, takeSnapshot } from './steps/take-snapshot'
import { verify } from './steps/verify'

/** Every step by name. A step may have one implementation a kind of member; each member meets the ones that apply to it. */
export const steps: Readonly<Record<StepName, readonly Step[]>> = {
  preflight: [preflightSites, preflightImages],
  'stop-clients': [stopClients],
  'final-snapshot': [finalSnapshot],
  demote: [demote],
  prove: [prove],
  promote: [promote],
  verify: [verify],
  'add-schedule': [addSchedule],
  'remove-schedule': [removeSchedule],
  'first-snapshot': [firstSnapshot],
  'see-replication': [seeReplication],
  'see-silence': [seeSilence],
  'check-copy': [checkCopy],
  'force-promote': [forcePromote],
  'see-primary': [seePrimary],
  'mark-point': [markPoint],
  'check-loser': [checkLoserSite, checkLoser],
  'end-mirroring': [endMirroring],
  'keep-loser': [keepLoser],
  'see-following': [seeFollowing],
  'take-snapshot': [takeSnapshot],
  'see-arrival': [seeArrival],
  flatten: [flatten],
  'see-flat-copy': [seeFlatCopy],
  'see-ways': [seeWays],
  'enable-pool': [enablePool],
  'add-peers': [addPeers],
  'see-daemons': [seeDaemons],
  'enable-features': [enableFeatures],
  'enable-mirroring': [enableMirroring],
  'see-copy': [seeCopy],
  'set-schedule': [setSchedule],
  'see-schedule-fire': [seeScheduleFire],
  'remove-schedules': [removeSchedules],
  'disable-mirroring': [disableMirroring],
  'remove-journaling': [removeJournaling],
  'see-copies-gone': [seeCopiesGone],
  'remove-peers': [removePeers],
  'disable-pool': [disablePool],
  'check-resync': [checkResyncSite, checkResync],
  resync: [resync],
  'check-backend': [checkBackend],
  freeze: [freeze],
  'stop-servers': [stopServers],
  'fail-over-backend': [failOverBackend],
  'see-volumes': [seeVolumes],
  'restore-volumes': [restoreVolumes],
  'move-attachments': [moveAttachments],
  'start-servers': [startServers, openGates],
  thaw: [thaw],
  'see-cinder-down': [seeCinderDown],
  'set-records': [setRecords],
  'start-cinder-volume': [startCinderVolume],
}

/** What is said of an act of this step that hangs. */
export const overdueOf = (name: StepName): Overdue | undefined =>
  steps[name].find(({ overdue }) => overdue !== undefined)?.overdue
