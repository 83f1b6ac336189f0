import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { KEEP_DAYS } from '@/lib/domain/keep-days'
import type { Fence, ImageProcedure } from '@/lib/domain/plan'
import type { PickedImages } from '@/lib/views/failover-choices'

export type PickedImage = Omit<PickedImages['images'][number], 'pair'>

/** What the operator has chosen so far. '' is: not chosen. */
export interface Draft {
  readonly procedure: ImageProcedure
  /** Of a forced failover: what keeps the lost site from taking writes, as the operator says. */
  readonly fence: Fence
  readonly from: string
  readonly to: string
  readonly scope: 'site' | 'pools' | 'images'
  readonly pools: readonly string[]
  readonly images: readonly PickedImage[]
  /** Keys of images that are left out on purpose. */
  readonly leaveOut: readonly string[]
  readonly allOrNothing: boolean
  readonly clients: 'wait' | 'evict'
  /** Of reprotect: for how many days what lost is meant to stay. */
  readonly keepDays: number
  /** Of the run that this draft would become: a double click, or a second try after a lost answer, is one run. */
  readonly requestId: string
}

const EMPTY: Omit<Draft, 'requestId'> = {
  procedure: 'planned-failover',
  fence: { kind: 'not-proven', at: null, note: '' },
  from: '',
  to: '',
  scope: 'images',
  pools: [],
  images: [],
  leaveOut: [],
  allOrNothing: false,
  clients: 'wait',
  keepDays: KEEP_DAYS,
}

interface DraftState {
  readonly draft: Draft
  /** Another choice is another run, so it gets another request id. */
  readonly change: (change: Partial<Omit<Draft, 'requestId'>>) => void
  /** Begins anew, with nothing chosen. */
  readonly clear: (procedure: ImageProcedure) => void
}

const fresh = (draft: Omit<Draft, 'requestId'>): Draft => ({ ...draft, requestId: crypto.randomUUID() })

/** Kept for this tab: a reload, a look at another page or a lost connection costs no choice. */
export const useDraft = create<DraftState>()(
  persist(
    (set) => ({
      // The server renders this too; what the tab has kept is taken over once it is hydrated.
      draft: { ...EMPTY, requestId: '' },
      change: (change) => set(({ draft }) => ({ draft: fresh({ ...draft, ...change }) })),
      clear: (procedure) => set({ draft: fresh({ ...EMPTY, procedure }) }),
    }),
    {
      name: 'antipode.failover-draft',
      version: 3,
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ draft }) => ({ draft }),
      skipHydration: true,
    },
  ),
)
