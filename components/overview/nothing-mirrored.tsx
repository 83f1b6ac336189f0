'use client'

import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'

/** Of a site that has no mirrored pool: no figure of a loss would be true but "all of it". */
export function NothingMirrored({ site, sites }: { readonly site: string; readonly sites: readonly string[] }) {
  const others = sites.filter((name) => name !== site)
  const href = `/recover/set-up?${new URLSearchParams({ from: site, ...(others.length === 1 && { to: others[0] ?? '' }) })}`
  return (
    <>
      <p className="text-xl font-semibold tracking-tight">All that it has is lost</p>
      <p className="mt-1 text-dim">none of its pools is mirrored to another site</p>
      <p className="mt-4">
        <Link href={href} className={buttonStyle('action')}>
          Set up mirroring
        </Link>
      </p>
    </>
  )
}
