import clsx from 'clsx'
import type { Attention } from '@/lib/domain/summary'
import type { WallSite } from '@/lib/views/wall-sites'
import { WallSiteCard } from './wall-site-card'
import { WallSiteTile } from './wall-site-tile'

interface WallSiteGridProps {
  readonly sites: readonly WallSite[]
  readonly attention: readonly Attention[] | null
  readonly now: number
}

/** As many as there are share the same room: up to four are told in full, more in two lines each. */
const TOLD_IN_FULL = 4

const COLUMNS = [
  '',
  'landscape:grid-cols-1',
  'landscape:grid-cols-2',
  'landscape:grid-cols-3',
  'landscape:grid-cols-4',
  'landscape:grid-cols-3',
  'landscape:grid-cols-3',
]

export function WallSiteGrid({ sites, attention, now }: WallSiteGridProps) {
  const full = sites.length <= TOLD_IN_FULL
  return (
    <ul
      aria-label="If a site is lost now"
      className={clsx(
        'grid min-h-0 flex-1 gap-6 landscape:auto-rows-fr',
        COLUMNS[sites.length] ?? 'landscape:grid-cols-4',
      )}
    >
      {sites.map((one) => (
        <li key={one.site.name} className="flex min-h-0 min-w-0">
          {full ? (
            <WallSiteCard one={one} attention={attention} now={now} />
          ) : (
            <WallSiteTile one={one} now={now} size={sites.length > 8 ? 'small' : 'large'} />
          )}
        </li>
      ))}
    </ul>
  )
}
