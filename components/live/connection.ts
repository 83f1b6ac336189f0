import { create } from 'zustand'
import type { Connection } from './follow-events'

interface ConnectionState {
  readonly connection: Connection
  /** Since when it is lost, by the server's clock; null while it is not. */
  readonly lostAt: number | null
  readonly turn: (connection: Connection, now: number) => void
}

/** Is this tab connected to the console? Not to be confused with whether a site answers. */
export const useConnection = create<ConnectionState>((set) => ({
  connection: 'connecting',
  lostAt: null,
  turn: (connection, now) =>
    set((state) => ({ connection, lostAt: connection === 'lost' ? (state.lostAt ?? now) : null })),
}))
