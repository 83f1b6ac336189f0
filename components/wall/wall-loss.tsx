import type { Tone } from '@/components/ui/state-mark'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { WallSite } from '@/lib/views/wall-sites'

interface Loss {
  readonly figure: string
  readonly words: string
  readonly tone: Tone
}

/** The figure of a card: what would be gone of the writes, at worst. Of a site that is not seen there is none. */
export function lossOf({ tone, ifLost }: WallSite, now: number): Loss {
  if (ifLost === null) return { figure: '?', words: 'not read yet', tone: 'unknown' }
  if (tone === 'unknown') return { figure: '?', words: 'not known', tone: 'unknown' }
  if (ifLost.primaries === 0) return { figure: 'nothing', words: 'no image has its primary there', tone: 'none' }
  if (ifLost.worstHeldUntilAt === null) return { figure: 'all', words: 'of it: no copy could be promoted', tone: 'bad' }
  const sure = ifLost.worstGrade === 'measured' ? 'at worst' : 'at most'
  return {
    figure: durationText(exposureSec(ifLost.worstHeldUntilAt, now)),
    words: `of writes would be gone, ${sure}`,
    // Green is for a site of which nothing would be lost, whatever the others hold.
    tone: ifLost.behindObjective > 0 ? 'behind' : tone === 'ok' ? 'ok' : 'none',
  }
}

/** What a silent site would lose, counted on from what was read of it last. */
export function lossThen({ ifLost }: WallSite, now: number): string {
  const at = ifLost?.worstHeldUntilAt ?? null
  return at === null ? '' : `up to ${durationText(exposureSec(at, now))} of writes by now`
}
