import type { Lineage } from '@/lib/domain/lineage'
import type { CommonPoint } from '@/lib/domain/own-term'
import { watcherText } from '@/lib/domain/watcher'
import type { Amount, EvidenceSide, ImageEvidence } from '@/lib/views/evidence'
import type { LookedAt, LookedSide } from './look-at-sides'

/** Ceph stamps an image at most once a minute; two sites' clocks may differ too. Closer than this nothing is said. */
const CLOSE_MS = 90_000
/** Of a history that goes back for years the newest is what parts it from the other. */
const NEWEST = 6

/** What was found of one image, in words for a screen. */
export function evidenceWords(
  { sides, common, sampled }: LookedAt,
  now: number,
): Omit<ImageEvidence, 'id' | 'name' | 'mode' | 'split'> {
  const [left, right] = [sideWords(sides[0], 0, common), sideWords(sides[1], 1, common)]
  return {
    sides: [left, right],
    common: commonText(common, now),
    newer: newerOf(left, right),
    sampled: sampled.kind === 'known' ? { ...sampled.value } : null,
    sampledTrouble: sampled.kind === 'known' ? '' : sampled.reason,
  }
}

function sideWords(side: LookedSide, at: 0 | 1, common: CommonPoint | null): EvidenceSide {
  const { site, lineage, watchers, written, term } = side
  const known = lineage.kind === 'known' ? lineage.value : null
  const writtenAt =
    known !== null && written.kind === 'known' && term.kind !== 'follower' ? written.value.modifiedAt : null
  return {
    site,
    role: known?.role ?? null,
    trouble: lineage.kind === 'known' ? '' : lineage.reason,
    imageId: known?.imageId ?? '',
    history: known === null ? [] : historyOf(known),
    snapshotsSince: known === null ? null : sinceCommon(known, at, common),
    watchers: watchers.kind === 'known' ? watchers.value.map(watcherText) : [],
    watchersTrouble: watchers.kind === 'known' ? '' : watchers.reason,
    writtenAt,
    writtenText: writtenText(side, writtenAt),
    amount: amountOf(side),
  }
}

function writtenText({ term, written, lineage }: LookedSide, writtenAt: number | null): string {
  if (term.kind === 'follower') return 'it only copies, so no client wrote here since'
  if (lineage.kind === 'known' && written.kind === 'known' && writtenAt !== null)
    return "Ceph's own stamp of the image: at most a minute behind the newest write, by the site's clock"
  return written.kind === 'known' ? 'Ceph has stamped no write' : written.reason
}

function amountOf({ term, written }: LookedSide): Amount {
  if (term.kind === 'follower') return { kind: 'known', bytes: 0, sure: 'exact', text: term.text }
  if (term.kind === 'unknown') return { kind: 'unknown', text: term.reason }
  if (written.kind === 'unknown') return { kind: 'unknown', text: written.reason }
  const { amount } = written.value
  if (amount.kind === 'unknown') return { kind: 'unknown', text: amount.reason }
  if (!amount.complete && term.sure === 'at-most')
    return { kind: 'unknown', text: `${term.text}; not all of it could be read` }
  const sure = amount.complete ? term.sure : 'at-least'
  const how = term.kind === 'snapshot' ? 'by the object maps' : 'by the entries of its journal'
  const less = amount.complete ? '' : '; not all of it could be read'
  return { kind: 'known', bytes: amount.bytes, sure, text: `${term.text}; ${how}, whole objects counted${less}` }
}

function historyOf({ snapshots, journal }: Lineage): string[] {
  if (journal === null)
    return snapshots.slice(-NEWEST).map(({ id, role, complete, primarySnapId }) => {
      const of = primarySnapId === null ? '' : `, copy of ${primarySnapId}`
      return `snapshot ${id}: ${role}${of}${complete ? '' : ', incomplete'}`
    })
  const { newestTag, tail, clients } = journal
  const owner = newestTag === null ? 'none' : `${newestTag.id}, ${ownerText(newestTag.mirrorUuid)}`
  return [
    `newest tag ${owner}`,
    tail === null ? 'end not read' : `ends at tag ${tail.tag} entry ${tail.entry}`,
    ...clients
      .filter(({ id }) => id !== '')
      .map(({ id, position }) =>
        position === null ? `${id} committed nothing` : `${id} committed tag ${position.tag} entry ${position.entry}`,
      ),
  ]
}

const ownerText = (uuid: string): string =>
  uuid === '' ? 'its own' : uuid === '<orphan>' ? 'a demotion' : `of the peer ${uuid}`

function sinceCommon({ snapshots, journal }: Lineage, side: 0 | 1, common: CommonPoint | null): number | null {
  if (journal !== null || common?.kind !== 'snapshot') return null
  const at = snapshots.findLastIndex(
    ({ id, primarySnapId }) => (side === common.side ? id : primarySnapId) === common.id,
  )
  return at < 0 ? null : snapshots.length - at - 1
}

function commonText(common: CommonPoint | null, now: number): string {
  if (common === null) return 'The newest point that both hold cannot be told.'
  if (common.kind === 'journal')
    return `Both hold the journal up to tag ${common.position.tag} entry ${common.position.entry}; when that was is not in it.`
  const hours = (now - common.madeAt) / 3_600_000
  const ago = hours < 1 ? `${Math.max(0, Math.round(hours * 60))} minutes` : `${Math.round(hours)} hours`
  return `Both hold mirror snapshot ${common.id}, made ${ago} ago; from there on they differ.`
}

function newerOf(left: EvidenceSide, right: EvidenceSide): string | null {
  if (left.writtenAt === null || right.writtenAt === null) {
    // One that only copied was not written to: the other is newer by as much as it wrote.
    const [one, other] = left.writtenAt === null ? [right, left] : [left, right]
    const wrote = one.amount.kind === 'known' && one.amount.bytes > 0
    return wrote && other.amount.kind === 'known' && other.amount.bytes === 0 ? one.site : null
  }
  if (Math.abs(left.writtenAt - right.writtenAt) < CLOSE_MS) return null
  return left.writtenAt > right.writtenAt ? left.site : right.site
}
