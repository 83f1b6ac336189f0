'use client'

import { useQuery } from '@tanstack/react-query'
import type { Tone } from '@/components/ui/state-mark'
import { ToggleChip } from '@/components/ui/toggle-chip'
import type { Verdict } from '@/lib/domain/verdict-words'
import { overviewQuery } from '@/lib/queries/overview'
import { shellQuery } from '@/lib/queries/shell'
import { countText } from '@/lib/views/count-text'
import type { ImagesFilter } from '@/lib/views/images-filter'
import type { OverviewView } from '@/lib/views/overview'
import type { ImagesView } from './use-images-view'

interface Quick {
  readonly title: string
  readonly tone: Tone
  readonly set: Partial<ImagesFilter>
  /** Counted by the worker; null where it does not count that. */
  readonly count: (overview: OverviewView) => number | null
}

const verdicts = (title: string, tone: Tone, verdict: Verdict[]): Quick => ({
  title,
  tone,
  set: { verdict },
  count: ({ counts }) =>
    counts === null ? null : verdict.reduce((sum, each) => sum + (counts.byVerdict[each] ?? 0), 0),
})

const QUICK: readonly Quick[] = [
  {
    title: 'behind objective',
    tone: 'behind',
    set: { behind: 'yes' },
    count: ({ counts }) => counts?.behindObjective ?? null,
  },
  verdicts('split-brain', 'bad', ['split-brain', 'two-primaries']),
  verdicts('copying', 'copying', ['copying']),
  verdicts('broken', 'bad', ['hollow', 'error', 'no-copy', 'unprotected', 'stopped', 'both-secondary']),
  { title: 'parent not mirrored', tone: 'bad', set: { parent: 'not-mirrored' }, count: parentless },
  { title: 'no schedule', tone: 'behind', set: { schedule: 'none' }, count: () => null },
  verdicts('unknown', 'unknown', ['unknown']),
]

/** Only where there is a cloud: elsewhere nothing is a volume. */
const OF_CLOUDS: readonly Quick[] = [
  { title: 'volumes', tone: 'none', set: { cloud: 'volumes' }, count: () => null },
  { title: 'orphans', tone: 'behind', set: { cloud: 'orphans' }, count: () => null },
]

function parentless({ ifLost }: OverviewView): number | null {
  if (ifLost === null) return null
  const lost = ifLost.flatMap((site) => site.lost.filter(({ reason }) => reason === 'parent-not-mirrored'))
  return lost.reduce((sum, { images }) => sum + images, 0)
}

/** What is most often looked for, with how many there are. */
export function QuickChips({ view }: { readonly view: ImagesView }) {
  const { data } = useQuery(overviewQuery())
  const { data: shell } = useQuery(shellQuery())
  const quicks = (shell?.clouds.length ?? 0) > 0 ? [...QUICK, ...OF_CLOUDS] : QUICK
  return (
    <>
      {quicks.map((quick) => {
        const pressed = isSet(view.list.filter, quick.set)
        const count = data === undefined ? null : quick.count(data)
        return (
          <ToggleChip
            key={quick.title}
            tone={quick.tone}
            pressed={pressed}
            count={count === null ? null : countText(count)}
            onToggle={() => view.narrow(pressed ? CLEARED : { ...CLEARED, ...quick.set })}
          >
            {quick.title}
          </ToggleChip>
        )
      })}
    </>
  )
}

/** One quick filter at a time: they count all images, and a second would leave a number that is on no chip. */
const CLEARED: Partial<ImagesFilter> = { verdict: [], behind: '', parent: '', schedule: '', cloud: '' }

const isSet = (filter: ImagesFilter, set: Partial<ImagesFilter>): boolean =>
  Object.entries(set).every(([key, value]) => String(filter[key as keyof ImagesFilter]) === String(value))
