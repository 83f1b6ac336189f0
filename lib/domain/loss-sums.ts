import type { LedgerRow } from './plan'

/** What may be lost of all that somebody has: of a server, or of a tenant. */
export interface LossSum {
  readonly kind: 'server' | 'tenant'
  readonly name: string
  readonly volumes: number
  /** How many of these nothing bounds the loss of. */
  readonly unknown: number
  /** Of the worst whose copy is known; epoch milliseconds, null where none is. */
  readonly heldUntilAt: number | null
}

/**
 * The losses of a ledger by server and by tenant, servers first, each worst first. A volume on two servers counts for both.
 * Images that are no volumes of a cloud are nobody's.
 */
export function lossSums(rows: readonly Pick<LedgerRow, 'heldUntilAt' | 'volume'>[]): readonly LossSum[] {
  const sums = new Map<string, LossSum>()
  for (const { heldUntilAt, volume } of rows) {
    if (volume === undefined) continue
    for (const name of new Set(volume.servers)) add(sums, 'server', name, heldUntilAt)
    add(sums, 'tenant', volume.tenant, heldUntilAt)
  }
  return [...sums.values()].sort(worstFirst)
}

function add(sums: Map<string, LossSum>, kind: LossSum['kind'], name: string, heldUntilAt: number | null): void {
  const key = `${kind} ${name}`
  const { volumes, unknown, ...was } = sums.get(key) ?? { volumes: 0, unknown: 0, heldUntilAt: null }
  const worst = [was.heldUntilAt, heldUntilAt].filter((at) => at !== null)
  sums.set(key, {
    ...{ kind, name, volumes: volumes + 1, unknown: unknown + (heldUntilAt === null ? 1 : 0) },
    heldUntilAt: worst.length === 0 ? null : Math.min(...worst),
  })
}

const worstFirst = (a: LossSum, b: LossSum): number =>
  (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) ||
  Number(b.unknown > 0) - Number(a.unknown > 0) ||
  (a.heldUntilAt ?? 0) - (b.heldUntilAt ?? 0) ||
  (a.name < b.name ? -1 : 1)
