'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useEffect, useState } from 'react'

interface Persisted {
  readonly persist: { rehydrate(): Promise<void> | void }
}

const IN_URL = { from: parseAsString, to: parseAsString }

/** The tab's own draft is taken up, and then what the URL names, once: a reload shows what the operator made of it since. */
export function useSitesInUrl(
  store: Persisted,
  take: (sites: { readonly from?: string; readonly to?: string }) => void,
): 'reading' | 'ready' {
  const [named, setNamed] = useQueryStates(IN_URL)
  const [state, setState] = useState<'reading' | 'ready'>('reading')
  const { from, to } = named
  useEffect(() => {
    void Promise.resolve(store.persist.rehydrate()).then(() => setState('ready'))
  }, [store])
  useEffect(() => {
    if (state === 'reading' || (from === null && to === null)) return
    take({ ...(from !== null && { from }), ...(to !== null && { to }) })
    void setNamed({ from: null, to: null }, { history: 'replace' })
  }, [state, from, to, take, setNamed])
  return state
}
