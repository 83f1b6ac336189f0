import { Refusal } from './answers'
import type { Cloud } from './cloud'

/** Cinder's own, where a project has no others. */
export const DEFAULT_QUOTA = { volumes: 100_000, gigabytes: 10_000_000 }

/** Refused with 413, not 429: Cinder's word for a quota that is used up. */
export function withinQuota(cloud: Cloud, projectId: string, sizeGb: number): void {
  const quota = cloud.store.get('quotas', projectId) ?? DEFAULT_QUOTA
  const mine = cloud.store.list('volumes').filter((volume) => volume.projectId === projectId)
  const used = mine.reduce((sum, volume) => sum + volume.sizeGb, 0)
  const no = (message: string) => new Refusal(413, message, { 'retry-after': '0' })
  if (mine.length >= quota.volumes) {
    throw no(`VolumeLimitExceeded: Maximum number of volumes allowed (${quota.volumes}) exceeded for quota 'volumes'.`)
  }
  if (used + sizeGb > quota.gigabytes) {
    throw no(
      `VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${sizeGb}G, quota is ${quota.gigabytes}G and ${used}G has been consumed.`,
    )
  }
}
