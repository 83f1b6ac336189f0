import type { Tone } from '@/components/ui/state-mark'
import type { Procedure } from '@/lib/domain/plan'
import { countOf } from '@/lib/views/count-text'
import type { RunDetail } from '@/lib/views/runs'

interface Consequence {
  readonly tone: Tone
  readonly text: string
}

const are = (count: number): string => (count === 1 ? 'is' : 'are')

/** What a stop takes back and what it leaves, by how the images stand now. */
export function consequences(detail: RunDetail): readonly Consequence[] {
  const { run, standing, ledger } = detail
  const said: Consequence[] = []
  const add = (count: number, tone: Tone, text: string) => {
    if (count > 0) said.push({ tone, text: `${countOf(count, 'image')} ${text}` })
  }
  const { inDoubt } = standing
  add(inDoubt, 'unknown', `${are(inDoubt)} being acted on or in doubt: the stop waits until each outcome is known.`)
  LEFT[run.procedure](detail, add)
  if (run.procedure !== 'forced-failover' && run.options.clients === 'evict')
    said.push({ tone: 'none', text: 'Clients that were evicted stay on the blocklist for an hour.' })
  if (ledger.setAsideTotal > 0) said.push({ tone: 'none', text: 'What was set aside before the start is not touched.' })
  return said
}

type Add = (count: number, tone: Tone, text: string) => void

const LEFT: Readonly<Record<Procedure, (detail: RunDetail, add: Add) => void>> = {
  'planned-failover': ({ run, standing }, add) => {
    const { untouched, demoted, promoted, stranded } = standing
    add(
      demoted,
      'behind',
      `${are(demoted)} demoted and not promoted at ${run.to}: promoted back at ${run.from}, without force, where that is safe.`,
    )
    add(stranded, 'bad', 'could not be promoted back: primary nowhere, and left so. Look at both copies by hand.')
    add(
      promoted,
      'ok',
      `${are(promoted)} promoted at ${run.to}, by proof: they stay there. What comes after the promotion (schedule, first snapshot, the way back) may be left unfinished.`,
    )
    add(untouched, 'none', `not demoted: primary at ${run.from}, and left so. Mirror snapshots that were taken stay.`)
  },
  'forced-failover': ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(
      promoted,
      'behind',
      `${are(promoted)} promoted by force at ${run.to}: they stay so, unprotected. Their schedules and the snapshot of the moment may be missing.`,
    )
    add(untouched, 'none', `not promoted by this run, and left so.`)
  },
  promote: ({ run, standing }, add) => {
    add(standing.promoted, 'ok', `${are(standing.promoted)} promoted at ${run.to}, by proof: they stay there.`)
    add(standing.untouched, 'behind', 'demoted at both sites, and left so: nobody can write to them.')
  },
  demote: ({ run, standing }, add) => {
    add(
      standing.promoted,
      'behind',
      `${are(standing.promoted)} demoted by this run: promoted back at ${run.from}, without force, where that is safe.`,
    )
    add(standing.untouched, 'none', `not demoted: primary at ${run.from}, and left so.`)
  },
  snapshot: ({ standing }, add) => {
    add(
      standing.promoted,
      'none',
      'snapshotted already: the snapshots stay, and are carried whether this run watches or not.',
    )
    add(standing.untouched, 'none', 'not snapshotted by this run, and left so.')
  },
  disable: ({ run, standing }, add) => {
    add(
      standing.promoted,
      'bad',
      `mirrored no more: rbd-mirror deletes their copies at ${run.to}, whether this run watches or not.`,
    )
    add(standing.untouched, 'none', 'mirrored as before, and left so. Schedules of their own may be gone already.')
  },
  flatten: ({ standing }, add) => {
    add(standing.promoted, 'none', 'flattened already: that cannot be taken back.')
    add(standing.untouched, 'none', 'not flattened, and left as they are.')
  },
  reprotect: ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(
      promoted,
      'ok',
      `${are(promoted)} kept aside at ${run.to}: that stays. rbd-mirror makes the new copies there, whether this run watches or not.`,
    )
    add(
      untouched,
      'behind',
      `not kept aside. Where the mirroring has ended already and the name has not been changed, no new copy can be made at ${run.to}: the runbook has what is left.`,
    )
  },
  'cinder-forced': ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(
      promoted,
      'behind',
      `${are(promoted)} promoted by force at ${run.to}, by Cinder: they stay so, unprotected. Servers that were not started stay off, and the backend may stay frozen.`,
    )
    add(untouched, 'none', 'not seen promoted by this run. Where Cinder was told already it goes on by itself.')
  },
  'cinder-failover': ({ run, standing }, add) => {
    const { untouched, demoted, promoted, stranded } = standing
    add(
      demoted,
      'behind',
      `${are(demoted)} demoted: promoted back at ${run.from} unless Cinder was told to fail over; then stopped servers are started and the backend is thawed.`,
    )
    add(stranded, 'bad', 'could not be promoted back: primary nowhere, and left so. Look at both copies by hand.')
    add(
      promoted,
      'behind',
      `${are(promoted)} promoted at ${run.to} by Cinder: they stay there. Servers that were not started stay off, and the backend may stay frozen.`,
    )
    add(untouched, 'none', `not demoted: primary at ${run.from}, and left so.`)
  },
  'set-up': ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(promoted, 'ok', `mirrored at ${run.from}: that stays, and rbd-mirror at ${run.to} goes on copying.`)
    add(untouched, 'none', 'not mirrored by this run, and left so. Pools and peers that were set up stay.')
  },
  resync: ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(
      promoted,
      'behind',
      `${are(promoted)} flagged or deleted at ${run.to}: rbd-mirror copies each again from ${run.from}, whether this run watches or not. Until then they are not protected.`,
    )
    add(untouched, 'none', 'not flagged by this run, and left so.')
  },
  'take-down': ({ run, standing }, add) => {
    const { untouched, promoted } = standing
    add(
      promoted,
      'behind',
      `mirrored no more at ${run.from}: that stays, and rbd-mirror at ${run.to} deletes the copies whether this run watches or not.`,
    )
    add(untouched, 'none', 'still mirrored, and left so. Schedules that were removed stay removed.')
  },
}
