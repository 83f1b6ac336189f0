import { queryOptions } from '@tanstack/react-query'
import { GroupMembersPage, type GroupMembersRequest, GroupsView, GroupView } from '@/lib/views/groups'
import { getJson } from './get-json'

// Exposure and readiness change with every reading of a pool, so they are asked again by themselves.
const PACE = { staleTime: 5_000, refetchInterval: 10_000 } as const

export const groupsQuery = () =>
  queryOptions({
    queryKey: ['groups'] as const,
    queryFn: ({ signal }) => getJson('/api/groups', {}, GroupsView, signal),
    ...PACE,
  })

export const groupQuery = (name: string) =>
  queryOptions({
    queryKey: ['groups', name] as const,
    queryFn: ({ signal }) => getJson(`/api/groups/${encodeURIComponent(name)}`, {}, GroupView, signal),
    ...PACE,
  })

export const groupMembersQuery = (name: string, { offset, show }: GroupMembersRequest) =>
  queryOptions({
    queryKey: ['groups', name, show, offset] as const,
    queryFn: ({ signal }) =>
      getJson(`/api/groups/${encodeURIComponent(name)}/members`, { offset, show }, GroupMembersPage, signal),
    ...PACE,
  })
