'use client'

import { Age } from '@/components/live/age'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { countOf } from '@/lib/views/count-text'
import { COMPARED_AT_ONCE } from '@/lib/views/evidence'
import { EvidenceFigures } from './evidence-figures'
import { EvidenceRow } from './evidence-row'
import { useCompare } from './use-compare'

interface EvidenceCardProps {
  readonly ids: readonly string[]
  readonly title?: string
}

/** Both histories of each image beside each other: what a person needs to say which one is the good one. */
export function EvidenceCard({ ids, title = 'Both sides beside each other' }: EvidenceCardProps) {
  const compare = useCompare(ids)
  const { images, at, state, failure, left } = compare
  const looking = state === 'looking'
  return (
    <Card
      title={title}
      aside={
        at === null ? (
          'read at both sites when you ask for it'
        ) : (
          <>
            looked at <Age at={at} /> ago
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {failure !== null && (
          <Notice tone="unknown" title="Both sides could not be compared">
            <p className="break-words text-ink">{failure}</p>
            {images.length > 0 && 'What is below is from the look before.'}
          </Notice>
        )}
        {images.length === 0 && (
          <p className="max-w-3xl text-dim">
            Where the histories part, what each side wrote since, who has it open, and pieces of both read and compared.
            Nothing is changed, and no image is read as a whole. It stays a person who chooses.
          </p>
        )}
        {images.length > 1 && <EvidenceFigures images={images} />}
        {images.length > 0 && (
          <ul aria-label="Images compared" className="divide-y divide-line rounded-lg border border-line">
            {images.map((image) => (
              <EvidenceRow key={image.id} image={image} open={images.length === 1 ? 'open' : 'closed'} />
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-center gap-3">
          {left > 0 && (
            <Button
              kind={images.length === 0 ? 'action' : 'quiet'}
              refusal={looking ? 'Looking at both sites' : null}
              onClick={() => void compare.next()}
            >
              {looking ? 'Looking at both sites…' : buttonText(images.length, left)}
            </Button>
          )}
          {images.length > 0 && (
            <Button refusal={looking ? 'Looking at both sites' : null} onClick={() => void compare.again()}>
              Look again
            </Button>
          )}
          {left > 0 && images.length > 0 && (
            <span className="text-sm text-faint">{countOf(left, 'image')} not looked at</span>
          )}
        </div>
      </div>
    </Card>
  )
}

function buttonText(done: number, left: number): string {
  if (done === 0)
    return left > COMPARED_AT_ONCE ? `Compare the first ${COMPARED_AT_ONCE} of ${left}` : 'Compare both sides'
  return `Compare the next ${Math.min(left, COMPARED_AT_ONCE)}`
}
