'use client'

import clsx from 'clsx'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'

export function NoImages({
  filtered,
  onClear,
}: {
  readonly filtered: 'filtered' | 'all'
  readonly onClear: () => void
}) {
  if (filtered === 'filtered') {
    return (
      <Empty title="No image matches this filter">
        <Button size="small" onClick={onClear} className="mt-2">
          Show all images
        </Button>
      </Empty>
    )
  }
  return (
    <Empty title="No mirrored images have been read yet">
      <p>
        They appear after the first round over the sites. Still none? Then nothing is mirrored between the configured
        sites: <code>rbd mirror pool info POOL</code> names the peer of a pool, where it has one.
      </p>
      <Link href="/recover/set-up" className={clsx(buttonStyle('action'), 'mt-3')}>
        Set up mirroring
      </Link>
    </Empty>
  )
}
