'use client'

import { TallTable } from '@/components/table/tall-table'
import { Button } from '@/components/ui/button'
import { Card, Panel } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Figure, Figures } from '@/components/ui/figure'
import { StateMark, type Tone } from '@/components/ui/state-mark'
import { ForcedHeadline, ForcedLedger } from '@/components/wizard/forced-loss'
import { LossSums } from '@/components/wizard/loss-sums'
import { SetAside } from '@/components/wizard/set-aside'
import { StageFrame, type StageProps } from '@/components/wizard/stage-frame'
import { countOf, countText } from '@/lib/views/count-text'
import type { ChangeRowView, SetUpPreview } from '@/lib/views/set-up'
import { sizeText } from '@/lib/views/size-text'
import type { ChangeWords } from './words'

/** The ledger of these procedures: of each thing what is there, what will be, what it costs. */
export function ChangesStage({
  found,
  onLookAgain,
  go,
  words,
}: StageProps<SetUpPreview> & { readonly words: ChangeWords }) {
  const { preview } = found
  const { changes, setAside } = preview
  return (
    <StageFrame
      found={found}
      onLookAgain={onLookAgain}
      onBack={() => go('found')}
      next={(refusal) => (
        <Button kind="action" refusal={refusal} onClick={() => go('plan')}>
          What will run
        </Button>
      )}
    >
      <Headline preview={preview} words={words} />
      {preview.losses !== undefined && (
        <>
          <ForcedHeadline preview={{ ...preview, ledger: preview.losses }} />
          {preview.losses.rows.some(({ volume }) => volume !== undefined) && (
            <Card title="What may be lost, by server and tenant" aside="worst first">
              <LossSums ledger={preview.losses} />
            </Card>
          )}
          <Card title="What may be lost" aside="worst first · frozen into the run when it starts">
            <ForcedLedger ledger={preview.losses} to={preview.to} />
          </Card>
        </>
      )}
      <Card title="Ledger" aside={`frozen into the run when it starts · ${countOf(changes.length, 'row')}`}>
        {changes.length === 0 ? (
          <Empty title="Nothing would change" />
        ) : (
          <Changes rows={[...changes].sort((a, b) => RANKS[a.effect] - RANKS[b.effect])} />
        )}
      </Card>
      {setAside.length > 0 && (
        <Card
          title="Set aside"
          aside={`${countOf(setAside.length, 'image')}: not touched by this run, at neither site`}
        >
          <SetAside rows={setAside} from={preview.from} />
        </Card>
      )}
    </StageFrame>
  )
}

function Headline({ preview, words }: { readonly preview: SetUpPreview; readonly words: ChangeWords }) {
  const { changes } = preview
  const already = changes.filter(({ effect }) => effect === 'done').length
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">{words.headline(preview)}</p>
      <Figures>
        <Figure size="large" label="things change">
          {countText(changes.length - already)}
        </Figure>
        <Figure size="large" label="are so already">
          {countText(already)}
        </Figure>
        {words.figure(preview)}
      </Figures>
    </Panel>
  )
}

/** What is deleted first, what is so already last. */
const RANKS: Readonly<Record<ChangeRowView['effect'], number>> = { deletes: 0, changes: 1, done: 2 }

const TONES: Readonly<Record<ChangeRowView['effect'], Tone>> = { done: 'ok', changes: 'none', deletes: 'bad' }
const WORDS: Readonly<Record<ChangeRowView['effect'], string>> = {
  done: 'so already',
  changes: 'changes',
  deletes: 'deletes',
}

function Changes({ rows }: { readonly rows: readonly ChangeRowView[] }) {
  return (
    <TallTable
      label="What changes"
      rows={rows}
      rowPx={46}
      keyOf={({ key }) => key}
      columns={[
        { title: 'What', rem: 17 },
        { title: 'Now', rem: 10 },
        { title: 'After', rem: 16 },
        { title: 'What it costs', rem: 18 },
        { title: 'Size', rem: 5, align: 'right' },
      ]}
      cells={(row) => (
        <>
          <td className="px-2">
            <span className="flex min-w-0 items-baseline gap-2">
              <StateMark tone={TONES[row.effect]} className="shrink-0" />
              <span className="sr-only">{WORDS[row.effect]}: </span>
              <span className="truncate" title={row.name}>
                {row.name}
              </span>
            </span>
          </td>
          <td className="px-2 text-sm text-dim">{row.before}</td>
          <td className="px-2 text-sm leading-4.5">
            <span className="line-clamp-2">{row.after}</span>
          </td>
          <td className="px-2 text-sm leading-4.5 text-dim" title={row.cost}>
            <span className={row.effect === 'deletes' ? 'line-clamp-2 text-bad' : 'line-clamp-2'}>{row.cost}</span>
          </td>
          <td className="px-2 text-right whitespace-nowrap text-dim">
            {row.sizeBytes === null ? '' : sizeText(row.sizeBytes)}
          </td>
        </>
      )}
    />
  )
}
