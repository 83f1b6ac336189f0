/** Which row a key moves to; null where the key is none that moves. */
export function nextActive(key: string, active: number, total: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    j: active + 1,
    k: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  }
  const next = moves[key]
  return next === undefined ? null : Math.max(0, Math.min(total - 1, next))
}
