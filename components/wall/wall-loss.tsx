import type { Tone } from '@/components/ui/state-mark'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { WallSite } from '@/lib/views/wall-sites'

interface Loss {
  readonly figure: string
  readonly words: string
  readonly tone: Tone
}

/** The figure of a card: how many images would not come back. Of a site that is not seen there is none. */
export function lossOf({ tone, ifLost, lost, bare }: WallSite): Loss {
  if (bare) return { figure: 'all lost', words: 'nothing there is mirrored to another site', tone: 'bad' }
  if (ifLost === null) return { figure: '?', words: 'not read yet', tone: 'unknown' }
  if (tone === 'unknown') return { figure: '?', words: 'not known', tone: 'unknown' }
  if (ifLost.primaries === 0) return { figure: 'none lost', words: 'no image has its primary there', tone: 'none' }
  const of = `of ${countOf(ifLost.primaries, 'image')}`
  if (lost === 0) return { figure: 'none lost', words: of, tone: tone === 'ok' ? 'ok' : 'none' }
  return { figure: `${lost === ifLost.primaries ? 'all' : countText(lost)} lost`, words: of, tone: 'bad' }
}

/** The writes that images which come back would miss, the worst of them; '' where none comes back. */
export function missing({ ifLost }: Pick<WallSite, 'ifLost'>, now: number): string {
  const at = ifLost?.worstHeldUntilAt ?? null
  return at === null ? '' : `missing up to ${durationText(exposureSec(at, now))} of writes`
}
