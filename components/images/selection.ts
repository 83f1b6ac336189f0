import { create } from 'zustand'

/** Names in the URL of the failover page; more go as the filter that shows them. */
export const MOST_NAMED = 50

interface SelectionState {
  /** Picked one by one: id → site where it is primary. */
  readonly picked: ReadonlyMap<string, string | null>
  /** All that a filter shows: its text. Null: picked one by one. */
  readonly all: string | null
  readonly toggle: (id: string, primarySite: string | null) => void
  readonly takeAll: (filter: string) => void
  readonly clear: () => void
}

/** Which images the next action is for. A draft: it lives in this tab and nowhere else. */
export const useSelection = create<SelectionState>((set) => ({
  picked: new Map(),
  all: null,
  toggle: (id, primarySite) =>
    set(({ picked }) => {
      const next = new Map(picked)
      if (!next.delete(id)) next.set(id, primarySite)
      return { picked: next, all: null }
    }),
  takeAll: (filter) => set({ picked: new Map(), all: filter }),
  clear: () => set({ picked: new Map(), all: null }),
}))

export type Handover =
  | { readonly kind: 'ready'; readonly href: string }
  | { readonly kind: 'refused'; readonly reason: string }

/** Begins where no site is primary; everything else where one is. */
export const PROMOTE = '/recover/promote'

interface Sites {
  readonly from: string
  readonly to: string
}

/** The failover page for a selection, or why there is none. */
export const failoverOf = (selection: Pick<SelectionState, 'picked' | 'all'>, direction: Sites): Handover =>
  handoverTo('/recover/failover', selection, direction)

/** The page of a procedure that begins where one site is primary, for a selection; or why there is none. */
export function handoverTo(
  path: string,
  selection: Pick<SelectionState, 'picked' | 'all'>,
  direction: Sites,
): Handover {
  const ready = (params: Record<string, string>): Handover => ({
    kind: 'ready',
    href: `${path}?${new URLSearchParams(params)}`,
  })
  const { from, to } = direction
  const sites = { ...(from !== '' && { from }), ...(to !== '' && { to }) }
  if (selection.all !== null) {
    if (selection.all === '') {
      return {
        kind: 'refused',
        reason: 'Without a filter these are all images of all directions: filter by direction or pool first.',
      }
    }
    return ready({ ...sites, filter: selection.all })
  }
  const primaries = new Set(selection.picked.values())
  if (path === PROMOTE) {
    // Where they are promoted is asked there: both sides are the same to Ceph.
    const somewhere = [...primaries].filter((site) => site !== null)
    if (somewhere.length > 0) {
      const reason = `Some are primary at ${somewhere.join(' and ')}: what moves a role is a failover.`
      return { kind: 'refused', reason }
    }
  } else if (primaries.has(null)) {
    return { kind: 'refused', reason: 'Some have no single primary: this begins where one site is primary.' }
  }
  if (primaries.size > 1) {
    return { kind: 'refused', reason: `They are primary at ${[...primaries].join(' and ')}: one run goes one way.` }
  }
  if (selection.picked.size > MOST_NAMED) {
    return {
      kind: 'refused',
      reason: `More than ${MOST_NAMED} are picked one by one: filter to them and take all that are shown.`,
    }
  }
  const [start = ''] = primaries
  if (path === PROMOTE) return ready({ ids: [...selection.picked.keys()].join(',') })
  return ready({ from: start ?? '', ...(to !== '' && { to }), ids: [...selection.picked.keys()].join(',') })
}
