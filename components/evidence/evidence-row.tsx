'use client'

import { useId, useState } from 'react'
import { Moment } from '@/components/live/age'
import { Icon } from '@/components/ui/icon'
import { StateText, type Tone } from '@/components/ui/state-mark'
import type { EvidenceSide, ImageEvidence } from '@/lib/views/evidence'
import { amountText } from './amount-text'
import { SideEvidence } from './side-evidence'

const SPLIT: Readonly<Record<ImageEvidence['split']['kind'], { readonly tone: Tone; readonly words: string }>> = {
  real: { tone: 'bad', words: 'a real split' },
  spurious: { tone: 'behind', words: 'a split-brain that is none' },
  'two-primaries': { tone: 'bad', words: 'two primaries' },
  gone: { tone: 'ok', words: 'no split any more' },
  unknown: { tone: 'unknown', words: 'not known what it is' },
}

interface EvidenceRowProps {
  readonly image: ImageEvidence
  readonly open: 'open' | 'closed'
}

/** One image in a line; opened, everything that both sides say of it. */
export function EvidenceRow({ image, open }: EvidenceRowProps) {
  const [shown, setShown] = useState(open)
  const id = useId()
  const { tone, words } = SPLIT[image.split.kind]
  return (
    <li>
      <button
        type="button"
        aria-expanded={shown === 'open'}
        aria-controls={id}
        onClick={() => setShown(shown === 'open' ? 'closed' : 'open')}
        className="flex w-full flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-left hover:bg-hover"
      >
        <Icon name={shown === 'open' ? 'chevron-down' : 'chevron-right'} className="self-center text-faint" />
        <span className="min-w-48 flex-1 font-mono text-sm [overflow-wrap:anywhere]">{image.name}</span>
        <StateText tone={tone}>{words}</StateText>
        {image.sides.map((side) => (
          <span key={side.site} className="w-52 text-sm text-dim max-md:w-full">
            {side.site}: <SideShort side={side} newer={image.newer} />
          </span>
        ))}
      </button>
      {shown === 'open' && (
        <div id={id} className="flex flex-col gap-3 border-t border-line bg-ground px-4 py-4">
          <p className="text-ink">{image.split.text}.</p>
          <p className="text-dim">{image.common}</p>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,20rem),1fr))] gap-3">
            {image.sides.map((side) => (
              <SideEvidence key={side.site} side={side} newer={image.newer} />
            ))}
          </div>
          <p className="text-dim">{sampleText(image)}</p>
        </div>
      )}
    </li>
  )
}

function SideShort({ side, newer }: { readonly side: EvidenceSide; readonly newer: string | null }) {
  if (side.role === null) return <StateText tone="unknown">does not say</StateText>
  return (
    <>
      {amountText(side.amount)}
      {side.writtenAt !== null && newer === side.site && (
        <>
          , written last <Moment at={side.writtenAt} />
        </>
      )}
    </>
  )
}

function sampleText({ sampled, sampledTrouble }: ImageEvidence): string {
  if (sampled === null) return `No pieces were compared: ${sampledTrouble}.`
  const { compared, differ, asked } = sampled
  if (compared === 0) return 'No pieces were compared: the time was over first.'
  const rest = compared < asked ? `, ${asked - compared} were not read in time` : ''
  return `${differ} of ${compared} sampled pieces of 64 KiB differ${rest}. A sample: it shows a difference, never that all is the same.`
}
