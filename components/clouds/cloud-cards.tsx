'use client'

import { useQuery } from '@tanstack/react-query'
import { cloudsQuery } from '@/lib/queries/clouds'
import { CloudCard } from './cloud-card'

/** A card for each cloud; nothing where none is configured. `site`: that one's alone. */
export function CloudCards({ site }: { readonly site?: string }) {
  const { data } = useQuery(cloudsQuery())
  const clouds = data?.clouds.filter((cloud) => site === undefined || cloud.site === site) ?? []
  return clouds.map((cloud, index) => (
    <div key={cloud.site} id={index === 0 ? 'cinder' : undefined} className="scroll-mt-20">
      <CloudCard cloud={cloud} />
    </div>
  ))
}
