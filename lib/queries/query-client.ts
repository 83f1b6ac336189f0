import { QueryClient } from '@tanstack/react-query'

/**
 * Nothing goes stale by itself and nothing is polled: the event stream says what is new. A read is tried again twice,
 * then the screen says what failed and keeps what it had.
 */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        retry: 2,
        retryDelay: (attempt) => 1000 * 2 ** attempt,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        // A request to this machine needs no network: offline laptops read too.
        networkMode: 'always',
      },
    },
  })
