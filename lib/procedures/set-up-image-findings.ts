import { type Finding, type ImageMember, memberName } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import type { SiteGround } from './ground'
import { gib } from './prepare-reprotect'
import { schedulesInForce } from './schedule-members'
import type { Wanted } from './set-up-images'

const base = { evidence: '', remedy: '', command: '', keys: [] } as const
const count = (number: number): string => `${number} ${number === 1 ? 'image' : 'images'}`

/** One finding a reason, with the images that it stops. */
export function asideFindings(
  setAside: readonly { readonly key: string; readonly name: string; readonly reason: string }[],
  to: SiteName,
): readonly Finding[] {
  const groups = new Map<string, { keys: string[]; first: string }>()
  for (const { key, name, reason } of setAside) {
    const sentence = reason.replace(/\S+\/\S+/g, '…')
    const group = groups.get(sentence) ?? { keys: [], first: `${name}: ${reason}` }
    group.keys.push(key)
    groups.set(sentence, group)
  }
  return [...groups].map(
    ([sentence, { keys, first }]): Finding => ({
      ...{ ...base, check: 'images', severity: 'blocks', keys },
      title: `${count(keys.length)}: ${sentence}`,
      evidence: first,
      remedy: `Set aside: they get no copy at ${to} by this run. Mend it and look again, or go on without.`,
    }),
  )
}

/** What each mode costs, once for all. */
export function imageSummary(wanted: readonly Wanted[], members: readonly ImageMember[]): readonly Finding[] {
  const features = members.filter(({ addFeatures = [] }) => addFeatures.length > 0)
  const slow = new Set(
    wanted.filter(({ image }) => !image.features.includes('fast-diff')).map(({ image }) => image.imageId),
  )
  const diffs = wanted.filter(({ mode, image }) => mode === 'snapshot' && slow.has(image.imageId))
  const clones = members.filter(({ generation, outsideParent }) => generation > 0 || outsideParent !== null)
  const torn = clones.filter(({ mode }) => mode === 'snapshot')
  return [
    ...(members.length > 0
      ? [
          {
            ...base,
            check: 'images',
            severity: 'pass' as const,
            title: `${count(members.length)} can be mirrored`,
            evidence:
              clones.length > 0 ? `${clones.length} of them clones, each after its parent` : 'none of them is a clone',
          },
        ]
      : []),
    ...(features.length > 0
      ? [
          {
            ...{
              ...base,
              check: 'features',
              severity: 'warns' as const,
              title: `${count(features.length)} get features for their journal`,
            },
            evidence: `first: ${memberName(features[0] as ImageMember)}: ${features[0]?.addFeatures?.join(', ')}`,
            remedy:
              'A journal writes each write twice, so writes take longer. A client that maps images by the kernel (krbd) cannot open one with a journal. Taking mirroring down leaves exclusive-lock on.',
            keys: features.map(({ key }) => key),
          },
        ]
      : []),
    ...(torn.length > 0
      ? [
          {
            ...{
              ...base,
              check: 'clones',
              severity: 'warns' as const,
              title: `${torn.length} ${torn.length === 1 ? 'clone' : 'clones'} in snapshot mode: writes tear the copy, and no status says so`,
            },
            // ceph-facts 37.
            evidence: `around a first write to a piece of a clone Ceph does not carry what it had from its parent (tracker.ceph.com/issues/61891); first: ${memberName(torn[0] as ImageMember)}`,
            remedy: 'Mirror clones by journal, or flatten them before they are mirrored.',
            keys: torn.map(({ key }) => key),
          },
        ]
      : []),
    ...(diffs.length > 0
      ? [
          {
            ...{
              ...base,
              check: 'features',
              severity: 'warns' as const,
              title: `${count(diffs.length)} in snapshot mode have no fast-diff`,
            },
            evidence: 'without it each snapshot is worked out by reading the whole image',
            remedy: 'rbd feature enable POOL/IMAGE object-map fast-diff, then rbd object-map rebuild POOL/IMAGE.',
          },
        ]
      : []),
  ]
}

/** First copies are whole. Sizes are what was provisioned, so it may need far less. */
export function roomFindings(members: readonly ImageMember[], to: SiteGround): readonly Finding[] {
  const needed = new Map<string, number>()
  for (const { image, sizeBytes, globalId } of members)
    if (globalId === '') needed.set(image.pool, (needed.get(image.pool) ?? 0) + (sizeBytes ?? 0))
  return [...needed].map(([pool, bytes]): Finding => {
    const free = to.facts.pools.find(({ name }) => name === pool)?.availableBytes
    const evidence = `at most ${gib(bytes)} are copied, ${free === undefined ? 'how much is free is not known' : `${gib(free)} are free`}`
    const title = `Room in ${pool} at ${to.site}`
    if (free !== undefined && bytes <= free * 0.8) return { ...base, check: 'room', severity: 'pass', title, evidence }
    const remedy = 'Take fewer at a time, or make room first: a pool that fills up stops all that is in it.'
    return { ...base, check: 'room', severity: free === undefined ? 'unknown' : 'warns', title, evidence, remedy }
  })
}

/** Without a schedule a copy in snapshot mode is whole once, and then silently ages. */
export function scheduleWarnings(
  chosen: readonly { readonly pool: string }[],
  members: readonly ImageMember[],
  inForce: readonly SnapshotSchedule[],
): readonly Finding[] {
  const set = new Set(chosen.map(({ pool }) => pool))
  const without = members.filter(
    ({ mode, image }) => mode === 'snapshot' && !set.has(image.pool) && schedulesInForce(inForce, image).length === 0,
  )
  if (without.length === 0) return []
  return [
    {
      ...{
        ...base,
        check: 'schedules',
        severity: 'warns',
        title: `${count(without.length)} in snapshot mode have no schedule`,
      },
      evidence: `first: ${memberName(without[0] as ImageMember)}`,
      remedy: 'Choose one for the pool: without it the copy holds one snapshot, and ages from then on.',
      keys: without.map(({ key }) => key),
    },
  ]
}
