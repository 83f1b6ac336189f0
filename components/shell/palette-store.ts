import { create } from 'zustand'

/** Is ⌘K open? Asked for by the key, and by the button in the bar. */
export const usePalette = create<{ readonly open: boolean; readonly setOpen: (open: boolean) => void }>((set) => ({
  open: false,
  setOpen: (open) => set({ open }),
}))
