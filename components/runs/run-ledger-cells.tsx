'use client'

import type { TallColumn } from '@/components/table/tall-table'
import { CopyId } from '@/components/ui/copy-id'
import { StateText } from '@/components/ui/state-mark'
import { VolumeLine } from '@/components/wizard/ledger-cells'
import { lossOf } from '@/lib/domain/loss'
import type { Procedure } from '@/lib/domain/plan'
import { isSingleVerb } from '@/lib/domain/single-verb'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { LedgerRowOf, RunLedgerRow } from '@/lib/views/run-ledger'
import type { RunDetail } from '@/lib/views/runs'
import { DID } from './did'
import { ledgerWords } from './run-words'

const COLUMNS: Readonly<Record<LedgerRowOf['kind'], readonly TallColumn[]>> = {
  held: [
    { title: 'Image', rem: 15 },
    { title: 'State', rem: 8 },
    { title: 'At risk when approved', rem: 9 },
    { title: 'How sure', rem: 14 },
  ],
  told: [
    { title: 'Image', rem: 15 },
    { title: 'State', rem: 8 },
    { title: 'What becomes of it', rem: 22 },
  ],
  change: [
    { title: 'What', rem: 14 },
    { title: 'State', rem: 8 },
    { title: 'Before', rem: 8 },
    { title: 'After', rem: 11 },
    { title: 'What it costs', rem: 11 },
  ],
}

/** A single verb says what it does to each image; a failover how sure the figure beside it is. */
export const ledgerColumns = (kind: LedgerRowOf['kind'], procedure: Procedure): readonly TallColumn[] =>
  kind === 'held' && isSingleVerb(procedure)
    ? [...COLUMNS.held.slice(0, -1), { title: 'What is done', rem: 14 }]
    : COLUMNS[kind]

interface LedgerCellsProps {
  readonly one: RunLedgerRow
  readonly detail: RunDetail
}

export function LedgerCells({ one, detail }: LedgerCellsProps) {
  const { row } = one
  const { tone, text } = ledgerWords(one, detail.run.steps)
  const state = (
    <td className="px-2 text-sm" title={one.member?.reason ?? ''}>
      <StateText tone={tone}>{text}</StateText>
    </td>
  )
  if (row.kind === 'change') {
    return (
      <>
        <Told text={row.name} ink="text-ink" />
        {state}
        <Told text={row.before} />
        <Told text={row.after} ink="text-ink" />
        <Told text={row.cost} ink={row.effect === 'deletes' ? 'text-bad' : 'text-dim'} />
      </>
    )
  }
  return (
    <>
      <td className="px-2">
        {row.volume !== undefined && <VolumeLine volume={row.volume} />}
        <CopyId id={row.name} keep={36} className="max-w-full" />
      </td>
      {state}
      {row.kind === 'held' && <td className="px-2 text-sm">{riskText(row.heldUntilAt, detail)}</td>}
      <Told text={toldText(row, detail)} />
    </>
  )
}

const Told = ({ text, ink = 'text-dim' }: { readonly text: string; readonly ink?: string }) => (
  <td className="px-2 text-sm leading-4.5" title={text}>
    <span className={`line-clamp-2 break-words ${ink}`}>{text}</span>
  </td>
)

function toldText(row: Exclude<LedgerRowOf, { kind: 'change' }>, { run }: RunDetail): string {
  if (isSingleVerb(run.procedure) && row.kind === 'held') return DID[run.procedure](run.from, run.to)
  return row.kind === 'told' ? row.text : `${row.grade}: ${row.text}`
}

/** What would have been lost had the old primary died then; of a site that is lost already, what may be lost at most. */
function riskText(heldUntilAt: number | null, { ledger }: RunDetail): string {
  if (heldUntilAt === null) return 'not known'
  if (ledger.outage === undefined) return durationText(exposureSec(heldUntilAt, ledger.at))
  const { atMostSec } = lossOf(heldUntilAt, ledger.outage, ledger.at)
  return atMostSec === null ? 'no bound is known' : `at most ${durationText(atMostSec)}`
}
