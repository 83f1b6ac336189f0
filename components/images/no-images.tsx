'use client'

import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

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
      They appear after the first round over the sites. Still none? A pool must be mirrored between two configured
      sites: <code>rbd mirror pool info POOL</code> names the peer, and{' '}
      <code>rbd mirror image enable POOL/IMAGE snapshot</code> mirrors an image.
    </Empty>
  )
}
