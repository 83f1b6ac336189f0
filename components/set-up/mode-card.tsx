'use client'

import { Field, Input } from '@/components/ui/input'
import { ChoiceCards } from '@/components/wizard/choice-cards'
import { modeAdvice } from '@/lib/domain/mode-advice'
import { durationText } from '@/lib/views/duration-text'
import type { GroundView } from '@/lib/views/set-up'
import { useSetUpDraft } from './draft'

const MIB = 2 ** 20

/** A figure that was typed; null for nothing, or for what is no figure. */
const typed = (text: string, unit: number): number | null => {
  const figure = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(figure) || figure <= 0 ? null : figure * unit
}

/** The advice rests on the tightest objective of the chosen pools, and says what it does not know. */
export function ModeCard({ ground }: { readonly ground: GroundView }) {
  const { draft, change } = useSetUpDraft()
  const chosen = new Set(draft.pools.map(({ name }) => name))
  const pools = ground.pools.filter(({ name }) => chosen.size === 0 || chosen.has(name))
  const objectiveSec = Math.min(...pools.map((pool) => pool.objectiveSec))
  const advice = modeAdvice({
    writeBytesPerSec: typed(draft.writeRate, MIB),
    linkBytesPerSec: typed(draft.linkRate, 1_000_000 / 8),
    objectiveSec,
  })
  const said =
    advice.mode === 'neither'
      ? 'Neither mode keeps the objective over this link'
      : advice.mode === 'journal'
        ? 'Advice: journal'
        : `Advice: snapshots, every ${advice.interval}`
  return (
    <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
      <div className="flex flex-col gap-4">
        <ChoiceCards
          label="Journal or snapshots"
          value={draft.mode}
          onChoose={(mode) => change({ mode })}
          cards={[
            {
              value: 'snapshot',
              title: 'Snapshots',
              detail:
                'What changed since the last one is sent by a schedule. Writes take no longer; the copy is an interval behind.',
            },
            {
              value: 'journal',
              title: 'Journal',
              detail:
                'Each write goes to a journal first, and from there to the copy: seconds behind, and every write is written twice.',
            },
          ]}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Written to these images, MiB/s" hint="In the long run, all of them together. Empty: not known.">
            <Input
              inputMode="decimal"
              value={draft.writeRate}
              onChange={(event) => change({ writeRate: event.target.value })}
            />
          </Field>
          <Field label="What the link carries, Mbit/s" hint="What is left for mirroring. Empty: not known.">
            <Input
              inputMode="decimal"
              value={draft.linkRate}
              onChange={(event) => change({ linkRate: event.target.value })}
            />
          </Field>
        </div>
      </div>
      <section aria-label="Advice" className="rounded-lg border border-line bg-ground px-4 py-3">
        <p className="font-medium">{said}</p>
        <p className="mb-2 text-sm text-faint">by the objective of {durationText(objectiveSec)}</p>
        <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm text-dim">
          {advice.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
          {advice.unknowns.map((unknown) => (
            <li key={unknown} className="text-unknown">
              {unknown}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
