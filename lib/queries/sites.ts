import { queryOptions } from '@tanstack/react-query'
import { SitePage, SitesView } from '@/lib/views/site'
import { getJson } from './get-json'

export const sitesQuery = () =>
  queryOptions({
    queryKey: ['sites'] as const,
    queryFn: ({ signal }) => getJson('/api/sites', {}, SitesView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const siteQuery = (name: string) =>
  queryOptions({
    queryKey: ['site', name] as const,
    queryFn: ({ signal }) => getJson(`/api/sites/${encodeURIComponent(name)}`, {}, SitePage, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
