'use client'

import { useNow } from '@/components/live/clock'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { SkeletonLines } from '@/components/ui/skeleton'
import { StateText } from '@/components/ui/state-mark'
import type { ImageProcedure } from '@/lib/domain/plan'
import { otherSite } from '@/lib/domain/words'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { Direction } from '@/lib/views/failover-choices'
import type { ShellView, SitePulse } from '@/lib/views/shell'
import { pulseOf } from '@/lib/views/site-pulse'
import { useDraft } from './draft'
import { startsAtPrimary } from './intent'
import { WIZARD_WORDS } from './words'

interface DirectionPickerProps {
  readonly shell: ShellView | undefined
  /** Null: nothing has been summed up yet. */
  readonly directions: readonly Direction[] | null
}

export function DirectionPicker({ shell, directions }: DirectionPickerProps) {
  const { draft, change } = useDraft()
  const words = WIZARD_WORDS[draft.procedure]
  if (shell === undefined) return <SkeletonLines lines={2} label="Reading the sites" />
  const peers = (site: string): string[] => [
    ...new Set(shell.pools.flatMap(({ pair }) => (pair?.split('~').includes(site) ? [otherSite(pair, site)] : []))),
  ]
  const primaries = (site: string) =>
    directions?.filter(({ from }) => from === site).reduce((sum, { images }) => sum + images, 0)
  const chooseFrom = (from: string) => {
    const ends = peers(from)
    // Where there is but one way, nobody has to say it.
    change({
      from,
      to: ends.includes(draft.to) ? draft.to : ends.length === 1 ? (ends[0] ?? '') : '',
      pools: [],
      leaveOut: [],
    })
  }
  const direction = directions?.find(({ from, to }) => from === draft.from && to === draft.to)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <SiteSelect
          label={words.from}
          value={draft.from}
          sites={shell.sites.map(({ name }) => name)}
          hint={(site) =>
            directions === null || !startsAtPrimary(draft.procedure)
              ? undefined
              : countOf(primaries(site) ?? 0, 'primary image')
          }
          onChoose={chooseFrom}
        />
        <Icon name="arrow-right" className="text-faint" />
        <SiteSelect
          label={words.to}
          value={draft.to}
          sites={draft.from === '' ? [] : peers(draft.from)}
          hint={() => undefined}
          onChoose={(to) => change({ to, pools: [], leaveOut: [] })}
        />
      </div>
      {startsAtPrimary(draft.procedure) && draft.from !== '' && draft.to !== '' && (
        <p className="text-dim">
          {direction === undefined ? (
            directions === null ? (
              'How many images that are has not been summed up yet.'
            ) : (
              `No image is primary at ${draft.from} with a copy at ${draft.to}.`
            )
          ) : (
            <Amount direction={direction} waits={WAITS.includes(draft.procedure)} />
          )}
        </p>
      )}
      <div className="-mt-2 flex flex-wrap gap-x-6 gap-y-2">
        {[...new Set([draft.from, draft.to])].map((name) => (
          <Answers
            key={name}
            site={shell.sites.find((site) => site.name === name)}
            lost={draft.procedure === 'forced-failover' && name === draft.from}
          />
        ))}
      </div>
    </div>
  )
}

interface SiteSelectProps {
  readonly label: string
  readonly value: string
  readonly sites: readonly string[]
  readonly hint: (site: string) => string | undefined
  readonly onChoose: (site: string) => void
}

function SiteSelect({ label, value, sites, hint, onChoose }: SiteSelectProps) {
  const choices = [
    ...(value === '' ? [{ value: '', text: 'Choose a site' }] : []),
    ...sites.map((site) => {
      const text = hint(site)
      return { value: site, text: site, ...(text !== undefined && { hint: text }) }
    }),
  ]
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden className="text-sm text-dim">
        {label}
      </span>
      <Select label={label} value={value} choices={choices} onChoose={onChoose} className="min-w-52" />
    </div>
  )
}

/** Their runs demote only once the copies hold everything; the others take what is there. */
const WAITS: readonly ImageProcedure[] = ['planned-failover', 'demote']

interface AmountProps {
  readonly direction: Direction
  readonly waits: boolean
}

function Amount({ direction: { from, to, images, behindObjective, worstHeldUntilAt }, waits }: AmountProps) {
  const now = useNow()
  return (
    <>
      {countOf(images, 'image')} {images === 1 ? 'is' : 'are'} primary at {from} with a copy at {to}
      {worstHeldUntilAt !== null && (
        <>; the copy that is farthest behind holds all but {durationText(exposureSec(worstHeldUntilAt, now))}</>
      )}
      {behindObjective > 0 && (
        <>
          ; {countText(behindObjective)} behind objective{waits && ': the run waits for them'}
        </>
      )}
      .
    </>
  )
}

/** A planned failover reads and changes both sites: one that is silent now is said before anything is chosen for it. */
function Answers({ site, lost }: { readonly site: SitePulse | undefined; readonly lost: boolean }) {
  const now = useNow()
  if (site === undefined) return null
  const pulse = pulseOf(site, now)
  if (lost && pulse.tone === 'ok') {
    return (
      <Notice tone="bad" title={`${site.name} answers, last ${pulse.text} ago`}>
        A site that answers is failed over as planned: nothing need be lost.
      </Notice>
    )
  }
  if (lost) {
    return (
      <p className="text-sm">
        <StateText tone="unknown">
          {site.name}: {pulse.text}
        </StateText>
      </p>
    )
  }
  if (pulse.tone === 'ok') {
    return (
      <p className="text-sm text-faint">
        <StateText tone="ok">{site.name} answers</StateText>, last {pulse.text} ago
      </p>
    )
  }
  return (
    <Notice tone={pulse.tone} title={`${site.name}: ${pulse.tone === 'behind' ? 'some reads fail' : pulse.text}`}>
      Both sites are looked at and changed, so both must answer.
      {site.error !== '' && <span className="block break-words">{site.error}</span>}
    </Notice>
  )
}
