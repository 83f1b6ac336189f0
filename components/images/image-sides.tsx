'use client'

import clsx from 'clsx'
import { Age, Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { StateMark, StateText, toneText } from '@/components/ui/state-mark'
import { isFresh } from '@/lib/domain/verdict-now'
import { lateness } from '@/lib/views/exposure'
import type { ImageDetail, SideDetail } from '@/lib/views/image-detail'
import { verdictTone, verdictWords } from '@/lib/views/verdict-tone'
import { sideWords } from './image-cells'
import { useImageNow, useReadings } from './use-image-now'

/** The verdict in a sentence, and below it what each side says itself. */
export function ImageSides({ detail }: { readonly detail: ImageDetail }) {
  const { image, sides } = detail
  const now = useNow()
  const { verdict, text, heldUntilAt, unknownSince } = useImageNow(image, detail.verdictText)
  const late = lateness(heldUntilAt, image.objectiveSec, now)
  return (
    <section aria-label="State">
      <p className="text-lg font-semibold">
        <StateText tone={verdictTone(verdict, late)}>{verdictWords(verdict, late)}</StateText>
      </p>
      <p className="mt-0.5 mb-3 text-dim">
        {sentence(text)}
        {unknownSince !== null && (
          <>
            {' '}
            {verdict === 'unknown' ? 'Not known' : 'One side not read'} since <Moment at={unknownSince} />.
          </>
        )}
      </p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {sides.map((side) => (
          <Side key={side.site} side={side} pool={image.pool} />
        ))}
      </div>
    </section>
  )
}

function Side({ side, pool }: { readonly side: SideDetail; readonly pool: string }) {
  const now = useNow()
  const read = useReadings().read(side.site, pool)
  const fresh = isFresh(read, now)
  const tone = fresh ? sideTone(side) : 'unknown'
  return (
    <div
      className={clsx(
        'min-w-0 rounded-lg border px-3.5 py-3',
        fresh ? 'border-line' : 'hatched border-dashed border-line-strong',
      )}
    >
      <p className="text-faint">{side.site}</p>
      <p className={clsx('font-semibold', toneText(tone))}>
        {tone !== 'none' && <StateMark tone={tone} className="mr-1" />}
        {sideWords(side)}
      </p>
      {side.description !== '' && (
        <p className="mt-1.5 font-mono text-xs [overflow-wrap:anywhere] text-dim" title="rbd-mirror, verbatim">
          {side.description}
        </p>
      )}
      <p className="mt-1.5 text-xs text-faint">
        {read.observedAt === null ? (
          'not read yet'
        ) : fresh ? (
          <>
            read <Age at={read.observedAt} /> ago
          </>
        ) : (
          <>
            read last at <Moment at={read.observedAt} />
          </>
        )}
        {side.imageId !== '' && (
          <>
            {' '}
            · id <span className="font-mono">{side.imageId}</span>
          </>
        )}
      </p>
    </div>
  )
}

/** What its own daemon says. A primary needs none: its role is its state. */
function sideTone(side: SideDetail): 'none' | 'ok' | 'copying' | 'behind' | 'bad' | 'unknown' {
  if (side.role === 'primary') return 'none'
  if (side.role === 'absent') return 'bad'
  if (side.role === 'unknown' || side.state === '' || side.state === 'unknown') return 'unknown'
  if (side.state === 'error') return 'bad'
  if (side.state === 'syncing' || side.state === 'starting_replay') return 'copying'
  return side.state === 'replaying' && side.up ? 'ok' : 'behind'
}

/** Not made to begin with a capital: it may begin with the name of a site. */
const sentence = (text: string): string => {
  const whole = text === '' ? 'Nothing was said of it yet' : text
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}
