import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import type { CloudView } from '@/lib/views/cloud'
import { countOf } from '@/lib/views/count-text'

/** What fits nowhere: images without a volume, objectives that cannot be read. */
export function CloudLeftovers({
  report,
  site,
}: {
  readonly report: NonNullable<CloudView['report']>
  readonly site: string
}) {
  if (report.orphans === 0 && report.badTypes.length === 0) return null
  return (
    <ul aria-label={`Loose ends of the cloud at ${site}`} className="flex flex-col gap-1">
      {report.orphans > 0 && (
        <li>
          <StateText tone="behind">
            <Link href="/images?cloud=orphans" className="underline underline-offset-3">
              {countOf(report.orphans, 'mirrored image')}
            </Link>{' '}
            named as a volume that Cinder does not have
          </StateText>
        </li>
      )}
      {report.badTypes.map((text) => (
        <li key={text}>
          <StateText tone="behind">{text}</StateText>
        </li>
      ))}
    </ul>
  )
}
