import type { Parsed } from './argv'
import type { Verb } from './desk'
import { authKey } from './users'
import { blocklistAdd, blocklistList, blocklistRemove, sessions } from './verb-clients'
import { clusterFsid, df, health, monDump, osdDump, osdPools, osdPoolsDetail, status, versions } from './verb-cluster'
import { featureDisable, featureEnable, flatten } from './verb-feature'
import {
  imageDemote,
  imageDisable,
  imageEnable,
  imagePromote,
  imageResync,
  imageSnapshot,
  mirrorImageStatus,
} from './verb-image'
import { imageWatchers, info, list, snapList } from './verb-info'
import { journalStatus } from './verb-journal'
import { rename, snapCreate } from './verb-keep'
import { peerAdd, peerRemove, peerSet, tokenCreate, tokenImport } from './verb-peer'
import { poolDemote, poolInfo, poolPromote, poolStatus } from './verb-pool'
import { poolDisable, poolEnable } from './verb-pool-mode'
import { scheduleAdd, scheduleList, scheduleRemove, scheduleStatus } from './verb-schedule'

interface Simulated {
  readonly act: Verb
  /** What it takes on the lab. */
  readonly takesMs: number
  readonly changes: 'cluster' | 'nothing'
  /** Asks the mgr: without one it waits for the time-out and then answers less, or nothing (ceph-facts 8). */
  readonly needs: 'mgr' | null
}

const reads = (act: Verb, takesMs: number): Simulated => ({ act, takesMs, changes: 'nothing', needs: null })
const changes = (act: Verb, takesMs: number): Simulated => ({ act, takesMs, changes: 'cluster', needs: null })

const asksMgr = (of: Simulated): Simulated => ({ ...of, needs: 'mgr' })

const VERBS = {
  'rbd ls': reads(list, 40),
  'rbd info': reads(info, 42),
  'rbd rename': changes(rename, 70),
  'rbd snap ls': reads(snapList, 40),
  'rbd snap create': changes(snapCreate, 150),
  'rbd status': reads(imageWatchers, 38),
  'rbd journal status': reads(journalStatus, 50),
  'rbd feature enable': changes(featureEnable, 90),
  'rbd feature disable': changes(featureDisable, 90),
  'rbd flatten': changes(flatten, 120),
  'rbd mirror pool info': reads(poolInfo, 33),
  'rbd mirror pool status': asksMgr(reads(poolStatus, 60)),
  'rbd mirror pool enable': changes(poolEnable, 40),
  'rbd mirror pool disable': changes(poolDisable, 45),
  'rbd mirror pool peer add': changes(peerAdd, 42),
  'rbd mirror pool peer remove': changes(peerRemove, 40),
  'rbd mirror pool peer set': changes(peerSet, 40),
  'rbd mirror pool peer bootstrap create': changes(tokenCreate, 60),
  'rbd mirror pool peer bootstrap import': changes(tokenImport, 66),
  'rbd mirror pool promote': changes(poolPromote, 300),
  'rbd mirror pool demote': changes(poolDemote, 280),
  'rbd mirror image status': asksMgr(reads(mirrorImageStatus, 41)),
  'rbd mirror image promote': changes(imagePromote, 150),
  'rbd mirror image demote': changes(imageDemote, 200),
  'rbd mirror image resync': changes(imageResync, 90),
  'rbd mirror image snapshot': changes(imageSnapshot, 215),
  'rbd mirror image enable': changes(imageEnable, 100),
  'rbd mirror image disable': changes(imageDisable, 100),
  'rbd mirror snapshot schedule ls': asksMgr(reads(scheduleList, 45)),
  'rbd mirror snapshot schedule status': asksMgr(reads(scheduleStatus, 35)),
  'rbd mirror snapshot schedule add': asksMgr(changes(scheduleAdd, 45)),
  'rbd mirror snapshot schedule remove': asksMgr(changes(scheduleRemove, 45)),
  'ceph status': reads(status, 170),
  'ceph health': reads(health, 200),
  'ceph df': reads(df, 200),
  'ceph fsid': reads(clusterFsid, 200),
  'ceph versions': reads(versions, 210),
  'ceph mon dump': reads(monDump, 180),
  'ceph auth get-or-create-key': changes(authKey, 190),
  'ceph osd dump': reads(osdDump, 180),
  'ceph osd pool ls': reads(osdPools, 180),
  'ceph osd pool ls detail': reads(osdPoolsDetail, 180),
  'ceph tell mon.* sessions': reads(sessions, 190),
  'ceph osd blocklist ls': reads(blocklistList, 180),
  'ceph osd blocklist add': changes(blocklistAdd, 190),
  'ceph osd blocklist rm': changes(blocklistRemove, 190),
} as const satisfies Record<string, Simulated>

export type SimulatedVerb = keyof typeof VERBS

/** Every verb that the simulator answers. The contract suite must cover each. */
export const simulatedVerbs = Object.keys(VERBS) as readonly SimulatedVerb[]

/** Other spellings of the same verbs. */
const ALIASES: Record<string, SimulatedVerb> = {
  'rbd list': 'rbd ls',
  'rbd mv': 'rbd rename',
  'rbd snap add': 'rbd snap create',
  'rbd snap list': 'rbd snap ls',
  'rbd mirror snapshot schedule list': 'rbd mirror snapshot schedule ls',
  'rbd mirror snapshot schedule rm': 'rbd mirror snapshot schedule remove',
  'ceph -s': 'ceph status',
  'ceph health detail': 'ceph health',
  'ceph tell mon.a sessions': 'ceph tell mon.* sessions',
}

export interface Found extends Simulated {
  readonly verb: SimulatedVerb
  readonly rest: readonly string[]
}

const LONGEST = 6

/** The longest verb that the words begin with; null where the program knows none. */
export function findVerb({ program, words }: Parsed): Found | null {
  for (let length = Math.min(LONGEST, words.length); length > 0; length--) {
    const text = [program, ...words.slice(0, length)].join(' ')
    const verb = ALIASES[text] ?? (text in VERBS ? (text as SimulatedVerb) : null)
    if (verb !== null) return { ...VERBS[verb], verb, rest: words.slice(length) }
  }
  return null
}
