'use client'

import { useQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Tooltip } from '@/components/ui/tooltip'
import { shellQuery } from '@/lib/queries/shell'

/** Nobody may take the demo's sites for real ones. */
export function DemoBadge() {
  const { data } = useQuery(shellQuery())
  if (data?.demo !== true) return null
  return (
    <Tooltip
      side="bottom"
      text={
        <>
          These sites are simulated: no configuration was given. For real ones:{' '}
          <code>npm start -- --config antipode.yaml</code>
        </>
      }
    >
      <button type="button" className="rounded-full">
        <Badge>demo</Badge>
      </button>
    </Tooltip>
  )
}
