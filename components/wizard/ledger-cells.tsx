import { Moment } from '@/components/live/age'
import { CopyId } from '@/components/ui/copy-id'
import { specText } from '@/lib/domain/words'
import type { FailoverPreview } from '@/lib/views/recover'
import { sizeText } from '@/lib/views/size-text'

export type LedgerRow = FailoverPreview['ledger']['rows'][number]

interface CellProps {
  readonly row: LedgerRow
}

/** Cells that every ledger has. */
export function ImageCell({ row }: CellProps) {
  return (
    <td className="px-2">
      {row.volume !== undefined && <VolumeLine volume={row.volume} />}
      <CopyId id={specText(row.image)} keep={40} className="max-w-full" />
    </td>
  )
}

/** Of a volume: its name, the servers that it hangs on, its tenant. */
export function VolumeLine({
  volume: { name, tenant, servers },
}: {
  readonly volume: NonNullable<LedgerRow['volume']>
}) {
  const whose = [...servers, tenant].join(' · ')
  return (
    <span className="flex min-w-0 items-baseline gap-2 text-sm leading-4.5">
      <span className="truncate text-ink">{name === '' ? 'no name' : name}</span>
      <span className="truncate text-faint" title={whose}>
        {whose}
      </span>
    </span>
  )
}

export function HeldCell({ row }: CellProps) {
  return (
    <td className="px-2">
      {row.heldUntilAt === null ? <span className="text-unknown">◌ unknown</span> : <Moment at={row.heldUntilAt} />}
    </td>
  )
}

/** How sure, and what it rests on. */
export function EvidenceCell({ row }: CellProps) {
  return (
    <td className="px-2 text-sm leading-4.5" title={row.text}>
      <span className="line-clamp-2">
        <span className="text-ink">{row.grade}</span> <span className="text-faint">{row.text}</span>
      </span>
    </td>
  )
}

export function SizeCell({ row }: CellProps) {
  return (
    <td className="px-2 text-right whitespace-nowrap text-dim">
      {row.sizeBytes === null ? '–' : sizeText(row.sizeBytes)}
    </td>
  )
}
