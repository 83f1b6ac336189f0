import type { GroupNews } from '@/lib/domain/group-items'
import { type CloudPicture, PictureMaker, type PictureServer, type PictureVolume } from '@/lib/domain/group-picture'
import type { Clock } from '@/lib/ports/clock'
import { breath } from '@/lib/ports/slices'
import { pictureServer, pictureVolume } from '@/lib/store/cloud-picture'
import type { CloudServersTable, CloudVolumesTable, StoredAttachment } from '@/lib/store/cloud-tables'
import type { Store } from '@/lib/store/database'
import { writeLook } from '@/lib/store/group-look'
import { groupConflicts, type ResolvedGroup, resolveGroups } from '@/lib/store/group-resolve'
import { driftOf, loadGroups, type StoredGroup } from '@/lib/store/groups'
import type { CloudState } from './cloud-state'
import type { PollerLog } from './site-context'
import { errorText } from './site-health'

const SLICE = 2_000

export interface GroupKeeper {
  /** Looks who is in each group, where volumes or servers have changed or a group has. True: objectives may be others. */
  look(volumes: 'volumes changed' | 'as they were'): Promise<boolean>
}

/** Finds the members of the groups of one cloud afresh, keeps who joined and who left, and what two groups claim. */
export function groupKeeper(cloud: CloudState, store: Store, clock: Clock, log: PollerLog): GroupKeeper {
  let seen = ''
  let busy: Promise<boolean> = Promise.resolve(false)

  const look = async (isOther: boolean): Promise<boolean> => {
    const groups = await loadGroups(store, cloud.site)
    const versions = groups.map(({ id, version }) => `${id} ${version}`).join()
    const isDue = isOther || versions !== seen
    if (isDue && isRead(cloud)) {
      const resolved = await resolvedNow(cloud, groups)
      for (const [at, { found }] of resolved.entries())
        await writeLook(store, groups[at] as StoredGroup, found.members, clock.now())
      cloud.groupRpos = await groupRpos(resolved)
      cloud.groupConflicts = groupConflicts(resolved)
      seen = versions
    }
    const drift = await driftOf(store)
    cloud.groups = groups.map(({ id, spec: { name } }): GroupNews => {
      const conflicts = cloud.groupConflicts.filter((one) => one.groups.includes(name))
      return { name, conflicts, drift: drift.get(id) ?? null }
    })
    return isDue
  }

  return {
    look(volumes) {
      const next = busy.then(() => look(volumes === 'volumes changed'))
      busy = next.catch((error) => {
        log.warn({ site: cloud.site, error: errorText(error) }, 'the groups of a cloud could not be looked at')
        return false
      })
      return busy
    },
  }
}

/** Before volumes and servers were read nobody can say who is in a group: nobody has left it. */
const isRead = ({ readings }: CloudState): boolean =>
  readings.volumes.observedAt !== null && readings.servers.observedAt !== null

/** The members of groups as the poller's own memory of a cloud has them. */
export async function resolvedNow(
  cloud: CloudState,
  groups: readonly StoredGroup[],
): Promise<readonly ResolvedGroup[]> {
  if (groups.length === 0) return []
  return resolveGroups(
    groups.map(({ spec }) => spec),
    await pictureOf(cloud),
  )
}

/** The RPO of its group by a volume's id, seconds; of two groups the shorter. What replicates itself has none here. */
export async function groupRpos(resolved: readonly ResolvedGroup[]): Promise<ReadonlyMap<string, number>> {
  const rpos = new Map<string, number>()
  for (const { spec, found } of resolved) {
    if (spec.rpoSec === null) continue
    for (const { kind, id, mark } of found.members)
      if (kind === 'volume' && mark !== 'replicates-itself')
        rpos.set(id, Math.min(rpos.get(id) ?? spec.rpoSec, spec.rpoSec))
    await breath()
  }
  return rpos
}

// A row is another object where it changed: what was parsed of one that did not is used again.
const volumesSeen = new WeakMap<CloudVolumesTable, { readonly volume: PictureVolume; readonly servers: string[] }>()
const serversSeen = new WeakMap<CloudServersTable, { readonly server: PictureServer; readonly volumes: string[] }>()

async function pictureOf(cloud: CloudState): Promise<CloudPicture> {
  const maker = new PictureMaker(cloud.site)
  let count = 0
  for (const row of cloud.volumes.values()) {
    if (++count % SLICE === 0) await breath()
    const seen = volumesSeen.get(row) ?? { volume: pictureVolume(row), servers: serversOf(row) }
    volumesSeen.set(row, seen)
    maker.volume(seen.volume)
    for (const server of seen.servers) maker.link(row.id, server)
  }
  for (const row of cloud.servers.values()) {
    if (++count % SLICE === 0) await breath()
    const seen = serversSeen.get(row) ?? {
      server: pictureServer(row),
      volumes: JSON.parse(row.volume_ids) as string[],
    }
    serversSeen.set(row, seen)
    maker.server(seen.server)
    for (const volume of seen.volumes) maker.link(volume, row.id)
  }
  return maker.picture()
}

const serversOf = ({ attachments }: CloudVolumesTable): string[] =>
  attachments === '[]' ? [] : (JSON.parse(attachments) as StoredAttachment[]).flatMap(({ serverId }) => serverId ?? [])
