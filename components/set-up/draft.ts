import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { TakeDownPart } from '@/lib/domain/set-up'
import type { MirrorMode } from '@/lib/domain/words'

/** What the operator has chosen so far. '' is: not chosen. Keys and tokens are never part of it. */
export interface SetUpDraft {
  readonly from: string
  readonly to: string
  readonly ways: 'one-way' | 'two-way'
  readonly peering: 'token' | 'by-hand'
  readonly client: string
  readonly pools: readonly { readonly name: string; readonly mode: 'image' | 'pool' }[]
  readonly scope: 'all' | 'named' | 'none'
  readonly mode: MirrorMode
  /** Picked images, `pool/name`, each with its mode. */
  readonly images: readonly { readonly spec: string; readonly mode: MirrorMode }[]
  /** By pool; '' is none. */
  readonly schedules: Readonly<Record<string, string>>
  /** What the advice rests on, as it was typed: MiB/s, and Mbit/s. */
  readonly writeRate: string
  readonly linkRate: string
}

export interface TakeDownDraft {
  readonly from: string
  readonly to: string
  readonly part: TakeDownPart
  readonly pools: readonly string[]
}

const EMPTY_SET_UP: SetUpDraft = {
  ...{ from: '', to: '', ways: 'two-way', peering: 'token', client: 'client.rbd-mirror-peer' },
  ...{ pools: [], scope: 'all', mode: 'snapshot', images: [], schedules: {}, writeRate: '', linkRate: '' },
}

const EMPTY_TAKE_DOWN: TakeDownDraft = { from: '', to: '', part: 'all', pools: [] }

interface DraftState<D> {
  readonly draft: D
  /** Of the run that this draft would become: a double click is one run. */
  readonly requestId: string
  /** Another choice is another run, so it gets another request id. */
  readonly change: (change: Partial<D>) => void
  readonly clear: () => void
}

/** Kept for this tab: a reload, a look at another page or a lost connection costs no choice. */
const draftStore = <D>(name: string, empty: D) =>
  create<DraftState<D>>()(
    persist(
      (set) => ({
        // The server renders this too; what the tab has kept is taken over once it is hydrated.
        draft: empty,
        requestId: '',
        change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change }, requestId: crypto.randomUUID() })),
        clear: () => set({ draft: empty, requestId: crypto.randomUUID() }),
      }),
      {
        name,
        version: 1,
        storage: createJSONStorage(() => sessionStorage),
        partialize: ({ draft, requestId }) => ({ draft, requestId }),
        skipHydration: true,
      },
    ),
  )

export const useSetUpDraft = draftStore('antipode.set-up-draft', EMPTY_SET_UP)
export const useTakeDownDraft = draftStore('antipode.take-down-draft', EMPTY_TAKE_DOWN)
