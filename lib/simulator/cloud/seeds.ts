import type { Conditions } from '../conditions'
import { textBits, uuidAt } from '../random'
import { backendHost, type CloudSpec } from './cloud-spec'
import type { Seed, TypeRow } from './rows'

/** The id of a volume type. */
export const typeIdOf = (seed: number, spec: CloudSpec, name: string): string =>
  uuidAt(seed, textBits(`${spec.site} type ${name}`), 1)

const nameOfType = (spec: CloudSpec, backend: string, kind: 'replicated' | 'plain'): string =>
  spec.backends.length === 1 ? kind : `${backend}-${kind}`

/** Two volume types for each backend, replicated and plain, and each backend's row as it is before any failover. */
export function* typesAndServices(spec: CloudSpec, { seed, state }: Conditions): Generator<Seed> {
  for (const backend of spec.backends) {
    for (const kind of ['replicated', 'plain'] as const) {
      const name = nameOfType(spec, backend.name, kind)
      const own: Record<string, string> = kind === 'replicated' ? { replication_enabled: '<is> True' } : {}
      const row: TypeRow = {
        id: typeIdOf(seed, spec, name),
        name,
        description: kind === 'replicated' ? 'RBD mirrored (journal)' : null,
        extraSpecs: { ...own, volume_backend_name: backend.name },
        createdAt: state.zero,
      }
      yield { table: 'types', row }
    }
    const id = backendHost(spec, backend)
    yield {
      table: 'services',
      row: {
        id,
        disabled: false,
        disabledReason: null,
        replicationStatus: 'enabled',
        activeBackendId: null,
        frozen: false,
      },
    }
  }
}
