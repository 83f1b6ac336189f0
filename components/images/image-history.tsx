'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { breachBars, shareWithin } from '@/lib/views/breach-bars'
import { durationShort, durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { Breach, ImageDetail } from '@/lib/views/image-detail'
import { fullMomentText, momentText } from '@/lib/views/time-text'
import { useImageNow } from './use-image-now'

const DAY_MS = 86_400_000
const SHOWN = 4

/** When it was behind its objective, and the newest snapshots seen at the primary. */
export function ImageHistory({ detail }: { readonly detail: ImageDetail }) {
  return (
    <section aria-label="History" className="flex flex-col gap-4">
      <Breaches detail={detail} />
      {detail.marks.length > 0 && <Marks detail={detail} />}
    </section>
  )
}

function Breaches({ detail: { breaches, image, watchedSince } }: { readonly detail: ImageDetail }) {
  const now = useNow()
  const { heldUntilAt } = useImageNow(image)
  // One that lasts is written once, when it begins: it grows where it is shown.
  const worstSec = (breach: Breach) =>
    breach.endedAt === null && heldUntilAt !== null
      ? Math.max(breach.worstSec, exposureSec(heldUntilAt, now))
      : breach.worstSec
  const fromAt = now - DAY_MS
  const seenFrom = Math.min(now, Math.max(fromAt, watchedSince ?? now))
  const words =
    heldUntilAt === null ? 'nothing held now' : withinText(shareWithin(breaches, seenFrom, now), seenFrom, now)
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-4">
        <h3 className="text-faint">Behind its objective of {durationText(image.objectiveSec)}, last day</h3>
        <span className="shrink-0 text-sm text-dim">{words}</span>
      </div>
      <div role="img" aria-label={words} className="relative h-5 overflow-hidden rounded bg-raised">
        <span
          className="hatched absolute inset-y-0 left-0"
          title="not watched then"
          style={{ width: `${((seenFrom - fromAt) / DAY_MS) * 100}%` }}
        />
        {breachBars(breaches, fromAt, now).map(({ start, width, breach }) => (
          <span
            key={breach.startedAt}
            title={`${fullMomentText(breach.startedAt)}, worst ${durationText(worstSec(breach))}`}
            className="absolute inset-y-0 bg-behind-fill"
            style={{ left: `${start * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </div>
      <div className="mt-1 flex justify-between text-xs text-faint">
        <span>{momentText(fromAt, now)}</span>
        <span>now</span>
      </div>
      {breaches.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1 text-sm text-dim">
          {breaches.slice(0, SHOWN).map((breach) => (
            <li key={breach.startedAt} className="flex justify-between gap-4">
              <span>
                <Moment at={breach.startedAt} />
                {', '}
                {breach.endedAt === null ? (
                  <span className="text-behind">▲ still</span>
                ) : (
                  `for ${durationText((breach.endedAt - breach.startedAt) / 1000)}`
                )}
              </span>
              <span className="text-faint">worst {durationText(worstSec(breach))}</span>
            </li>
          ))}
          {breaches.length > SHOWN && (
            <li className="text-faint">and {breaches.length - SHOWN} more in the last week</li>
          )}
        </ul>
      )}
    </div>
  )
}

/** `97.4 % within`, and since when where it is less than the day. */
function withinText(share: number, seenFrom: number, now: number): string {
  const percent = `${Math.floor(share * 1000) / 10} % within`
  return now - seenFrom < 0.99 * DAY_MS ? `${percent}, in ${durationShort((now - seenFrom) / 1000)}` : percent
}

function Marks({ detail: { marks } }: { readonly detail: ImageDetail }) {
  const [newest] = marks
  return (
    <div>
      <h3 className="mb-1 text-faint">Mirror snapshots seen at {newest?.site}</h3>
      <ul className="flex flex-col gap-0.5 text-sm text-dim">
        {marks.slice(0, SHOWN).map((mark) => (
          <li key={mark.snapId} className="flex justify-between gap-4">
            <span className="font-mono">{mark.snapId}</span>
            <Moment at={mark.takenAt} />
          </li>
        ))}
      </ul>
    </div>
  )
}
