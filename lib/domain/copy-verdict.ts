import type { StatusDetail } from './mirror-status'
import type { Side } from './side'
import type { Judgement } from './verdict'
import type { Verdict } from './verdict-words'

/** The verdict where one side is primary alone: how its copy at the other side fares. */
export function copyVerdict(primary: Side, copy: Side): Judgement {
  const say = (verdict: Verdict, text: string, syncPercent: number | null = null): Judgement => ({
    verdict,
    text,
    primarySite: primary.site,
    syncPercent,
  })
  if (copy.role === 'absent') return say('no-copy', `Primary at ${primary.site}; ${copy.site} has no copy`)
  if (copy.mirrorState === 'creating') return say('copying', `First copy to ${copy.site} has begun`)
  const [verdict, text] = copy.state === 'error' ? fromWords(copy) : fromDetail(copy, copy.detail)
  const percent =
    copy.detail?.kind === 'copying' || copy.detail?.kind === 'replaying-snapshot' ? percentOf(copy.detail) : null
  if (verdict === 'copying') return say(verdict, text, percent)
  if (verdict === 'following' && !copy.up) {
    return say('stopped', `rbd-mirror at ${copy.site} does not report; it last said: ${shortened(copy.description)}`)
  }
  return say(verdict, text)
}

const percentOf = (detail: StatusDetail & { kind: 'copying' | 'replaying-snapshot' }): number | null => {
  const percent = detail.kind === 'copying' ? detail.percent : detail.syncingPercent
  return percent === null ? null : Math.floor(percent)
}

type Said = readonly [Verdict, string]

function fromDetail(copy: Side, detail: StatusDetail | null): Said {
  const { site } = copy
  switch (detail?.kind) {
    case 'replaying-journal':
      return ['following', `${site} replays the journal`]
    case 'replaying-snapshot':
      return detail.localSnapshotAt === null
        ? ['copying', `First copy to ${site}: no complete snapshot is there yet`]
        : ['following', `${site} copies the snapshots`]
    case 'copying':
      return ['copying', `The whole image is being copied to ${site}`]
    case 'resync-requested':
      return ['copying', `Resync requested at ${site}: the copy is deleted there and copied again`]
    case 'remote-gone':
      return ['error', `rbd-mirror at ${site} finds no image at the other side and will delete the copy`]
    case 'not-reported':
      return ['unknown', `rbd-mirror at ${site} has not reported on this image`]
    case 'remote-demoted':
    case 'remote-not-primary':
      return ['stopped', `rbd-mirror at ${site} has not seen yet that the other side is primary`]
    case 'primary':
      return ['stopped', `rbd-mirror at ${site} still takes its copy for the primary; its status is up to 30 s old`]
    default:
      return fromWords(copy)
  }
}

/** By Ceph's replay state alone, where the description has no shape that we know. */
function fromWords(copy: Side): Said {
  const said = shortened(copy.description)
  switch (copy.state) {
    case 'error':
      return ['error', `rbd-mirror at ${copy.site} reports an error: ${said}`]
    case 'syncing':
      return ['copying', `The whole image is being copied to ${copy.site}`]
    case 'replaying':
      // After a restart, before the site is read again. A first copy in snapshot mode also says replaying.
      return /"replay_state": ?"syncing"/.test(copy.description) && !/local_snapshot_timestamp/.test(copy.description)
        ? ['copying', `First copy to ${copy.site}: no complete snapshot is there yet`]
        : ['following', `${copy.site} replays`]
    case 'unknown':
      return ['unknown', `rbd-mirror at ${copy.site} says unknown: ${said}`]
    default:
      return ['stopped', `${copy.site} does not replay (${copy.state}): ${said}`]
  }
}

/** Text for a row: figures in it tick, so only its first words are kept. */
const shortened = (description: string): string => {
  const words = description.split(/[,{]/, 1)[0]?.trim() ?? ''
  return words === '' ? 'nothing' : words.slice(0, 120)
}
