/**
 * Shortened in the middle, where identifiers of one kind are alike: `volume-0f3c2a77-…-e4a1` keeps its kind and both
 * ends. What is short enough stays whole.
 */
export function shortId(id: string, keep = 24): string {
  if (id.length <= keep) return id
  const tail = Math.min(6, Math.floor((keep - 1) / 3))
  return `${id.slice(0, keep - 1 - tail)}…${id.slice(-tail)}`
}
