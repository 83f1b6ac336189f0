'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useEffect, useRef, useState } from 'react'
import type { ImageProcedure } from '@/lib/domain/plan'
import { sitesOf } from '@/lib/domain/words'
import { pickedQuery } from '@/lib/queries/recover'
import type { PickedImages } from '@/lib/views/failover-choices'
import { type Draft, useDraft } from './draft'

/** What the Images page handed over could not all be taken: says which and why. */
export interface Handover {
  readonly trouble: string | null
}

const IN_URL = { from: parseAsString, to: parseAsString, ids: parseAsString, filter: parseAsString }

/**
 * Takes over what the URL names (`?from&to&ids` or `?filter`) into the draft, once, and takes it out of the URL: a reload
 * then shows what the operator made of it since. `reading` until that is done and the tab's own draft is there.
 */
export function useHandover(procedure: ImageProcedure): 'reading' | Handover {
  const [named, setNamed] = useQueryStates(IN_URL)
  const [ready, setReady] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const ids = named.ids ?? ''
  const filter = named.filter ?? ''
  const picked = useQuery(pickedQuery(ids, filter))
  const hands = Object.values(named).some((value) => value !== null)
  const wantsImages = ids !== '' || filter !== ''
  const settled = !wantsImages || picked.data !== undefined || picked.error !== null
  // The URL is cleaned some frames later: until then what was taken over must not be taken over again.
  const done = useRef('')
  const handed = Object.values(named).join(' ')

  useEffect(() => {
    void Promise.resolve(useDraft.persist.rehydrate()).then(() => {
      // A draft of another procedure is another choice.
      const { draft, clear } = useDraft.getState()
      if (draft.procedure !== procedure) clear(procedure)
      setReady(true)
    })
  }, [procedure])

  useEffect(() => {
    if (!ready || !hands || !settled || done.current === handed) return
    done.current = handed
    const { change } = useDraft.getState()
    const sites = { ...(named.from !== null && { from: named.from }), ...(named.to !== null && { to: named.to }) }
    if (picked.data !== undefined && wantsImages) {
      change({ leaveOut: [], ...sites, ...taken(picked.data, named.from, named.to) })
      setTrouble(troubleOf(picked.data))
    } else {
      change(sites)
      setTrouble(picked.error === null ? null : `The images could not be read: ${picked.error.message}`)
    }
    void setNamed({ from: null, to: null, ids: null, filter: null }, { history: 'replace' })
  }, [ready, hands, settled, handed, named.from, named.to, picked.data, picked.error, wantsImages, setNamed])

  return !ready || hands ? 'reading' : { trouble }
}

/** Without a word on the direction it is the one that most of the images have. */
function taken({ images }: PickedImages, from: string | null, to: string | null): Partial<Draft> {
  const picks = images.map(({ id, name, primarySite }) => ({ id, name, primarySite }))
  const start = from ?? mostCommon(images.flatMap(({ primarySite }) => primarySite ?? []))
  const pair = mostCommon(images.filter(({ primarySite }) => primarySite === start).map((image) => image.pair))
  const end = to ?? (pair === null || start === null ? null : (sitesOf(pair).find((site) => site !== start) ?? null))
  return {
    scope: 'images',
    images: picks,
    ...(start !== null && { from: start }),
    ...(end !== null && { to: end }),
  }
}

function mostCommon(words: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function troubleOf({ missing, tooMany, images }: PickedImages): string | null {
  if (tooMany) return 'The filter matches more than 20,000 images: choose pools or the whole site instead.'
  if (missing.length > 0) {
    return `${missing.length} of the images that were handed over are not known any more; they are left out.`
  }
  return images.length === 0 ? 'The filter matches no image now: nothing was handed over.' : null
}
