'use client'

import clsx from 'clsx'
import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Link } from '@/components/ui/link'
import { StateMark } from '@/components/ui/state-mark'
import type { Stream } from '@/lib/domain/summary'
import { countText } from '@/lib/views/count-text'
import type { MapSite } from '@/lib/views/overview'
import { shortId } from '@/lib/views/short-id'
import { pulseOf } from '@/lib/views/site-pulse'
import type { Box } from './layout'

interface MapNodeProps {
  readonly site: MapSite
  readonly box: Box
  readonly streams: readonly Stream[] | null
}

export function MapNode({ site, box, streams }: MapNodeProps) {
  const pulse = pulseOf(site, useNow())
  const lost = pulse.tone === 'unknown'
  return (
    <Link
      href={`/sites/${encodeURIComponent(site.name)}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className={clsx(
        'absolute flex flex-col justify-center gap-0.5 rounded-xl border px-3.5 text-sm [&>span]:truncate hover:border-line-strong hover:bg-hover',
        lost ? 'hatched border-dashed border-line-strong bg-panel' : 'border-line bg-raised',
      )}
    >
      <span className="mb-0.5 flex items-center gap-1.5 text-base font-semibold">
        <StateMark tone={healthTone(site, pulse.tone)} className="text-xs" />
        <span className="truncate">{site.name}</span>
      </span>
      {lost ? <Silent site={site} text={pulse.text} /> : <Well site={site} streams={streams} />}
    </Link>
  )
}

function Silent({ site, text }: { readonly site: MapSite; readonly text: string }) {
  return (
    <>
      <span className="text-unknown">{text}</span>
      {site.lastOkAt !== null && (
        <span className="text-faint">
          last seen <Moment at={site.lastOkAt} />
        </span>
      )}
    </>
  )
}

function Well({ site, streams }: { readonly site: MapSite; readonly streams: readonly Stream[] | null }) {
  const { daemons } = site
  const well = daemons !== null && daemons.total > 0 && daemons.well === daemons.total
  return (
    <>
      <span className="text-dim">{streams === null ? 'images not counted yet' : roles(site.name, streams)}</span>
      <span className="text-dim">
        rbd-mirror{' '}
        {daemons === null ? (
          <span className="text-unknown">not read yet</span>
        ) : (
          <span className={well ? '' : 'text-behind'}>
            {daemons.well} of {daemons.total}
          </span>
        )}
        {site.health !== null && (
          <>
            {' · '}
            <span className={HEALTH_COLOURS[site.health] ?? 'text-dim'}>{site.health.replace('HEALTH_', '')}</span>
          </>
        )}
      </span>
      {site.fsid !== null && (
        <span className="truncate font-mono text-xs text-faint" title={`fsid ${site.fsid}`}>
          fsid {shortId(site.fsid, 13)}
        </span>
      )}
    </>
  )
}

const HEALTH_COLOURS: Record<string, string> = { HEALTH_WARN: 'text-behind', HEALTH_ERR: 'text-bad' }

function healthTone(site: MapSite, pulse: 'ok' | 'behind' | 'unknown') {
  if (pulse === 'unknown') return 'unknown'
  if (site.health === 'HEALTH_ERR') return 'bad'
  return pulse === 'behind' || site.health === 'HEALTH_WARN' ? 'behind' : 'ok'
}

function roles(site: string, streams: readonly Stream[]): string {
  const sum = (list: readonly Stream[]) => list.reduce((total, stream) => total + stream.images, 0)
  const primary = sum(streams.filter((stream) => stream.from === site))
  const copies = sum(streams.filter((stream) => stream.to === site))
  return `${countText(primary)} primary · ${countText(copies)} copies`
}
