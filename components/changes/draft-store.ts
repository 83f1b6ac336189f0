import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

interface DraftState<D> {
  readonly draft: D
  /** Of the run that this draft would become: a double click is one run. */
  readonly requestId: string
  /** Another choice is another run, so it gets another request id. */
  readonly change: (change: Partial<D>) => void
  readonly clear: () => void
}

/** Kept for this tab: a reload, a look at another page or a lost connection costs no choice. */
export const draftStore = <D>(name: string, empty: D) =>
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
