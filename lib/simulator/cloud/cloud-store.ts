import type { SiteName } from '@/lib/domain/words'
import type { StateLog } from '../state-log'
import type { AttachmentRow, Change, Seed, Table, Tables } from './rows'

type Rows = { readonly [T in Table]: Map<string, Tables[T]> }

const noRows = (): Rows => ({
  services: new Map(),
  types: new Map(),
  volumes: new Map(),
  snapshots: new Map(),
  attachments: new Map(),
  messages: new Map(),
  servers: new Map(),
  images: new Map(),
  quotas: new Map(),
  keypairs: new Map(),
  stacks: new Map(),
})

/** The rows of one cloud. Those of the beginning are made when they are first asked for; only changes are kept on disk. */
export class CloudStore {
  #rows: Rows | null = null
  readonly #changes = new Map<string, Change>()

  constructor(
    readonly site: SiteName,
    readonly log: StateLog,
    readonly seeds: () => Iterable<Seed>,
  ) {}

  /** Takes a change that the log remembers. */
  remember(change: Change): void {
    this.#changes.set(`${change.table}/${change.id}`, change)
    this.#indexed = false
    if (this.#rows !== null) apply(this.#rows, change)
  }

  #all(): Rows {
    if (this.#rows !== null) return this.#rows
    const rows = noRows()
    for (const { table, row } of this.seeds()) apply(rows, { table, id: row.id, row } as Change)
    for (const change of this.#changes.values()) apply(rows, change)
    this.#rows = rows
    return rows
  }

  get<T extends Table>(table: T, id: string): Tables[T] | null {
    return (this.#all()[table] as Map<string, Tables[T]>).get(id) ?? null
  }

  list<T extends Table>(table: T): readonly Tables[T][] {
    return [...(this.#all()[table] as Map<string, Tables[T]>).values()]
  }

  readonly #attachments = { volumeId: new Map<string, AttachmentRow[]>(), serverId: new Map<string, AttachmentRow[]>() }
  #indexed = false

  /** The attachments of a volume or of a server. Found by an index: lists of thousands ask for each of theirs. */
  attachmentsOf(kind: 'volumeId' | 'serverId', id: string): readonly AttachmentRow[] {
    if (!this.#indexed) {
      for (const by of ['volumeId', 'serverId'] as const) {
        this.#attachments[by].clear()
        for (const row of this.#all().attachments.values()) {
          const rows = this.#attachments[by].get(row[by])
          if (rows === undefined) this.#attachments[by].set(row[by], [row])
          else rows.push(row)
        }
      }
      this.#indexed = true
    }
    return this.#attachments[kind].get(id) ?? []
  }

  /** All of it is on disk, or nothing, before this returns. */
  put(changes: readonly Change[]): void {
    if (changes.length === 0) return
    this.log.append({ k: 'cloud', site: this.site, v: changes })
    const rows = this.#all()
    if (changes.some(({ table }) => table === 'attachments')) this.#indexed = false
    for (const change of changes) {
      this.#changes.set(`${change.table}/${change.id}`, change)
      apply(rows, change)
    }
  }

  save<T extends Table>(table: T, row: Tables[T]): void {
    this.put([{ table, id: row.id, row } as Change])
  }

  remove(table: Table, id: string): void {
    this.put([{ table, id, row: null }])
  }

  /** Changes a row that is there; one that went away meanwhile stays away. */
  patch<T extends Table>(table: T, id: string, patch: Partial<Tables[T]>): void {
    const row = this.get(table, id)
    if (row !== null) this.save(table, { ...row, ...patch })
  }

  /** Everything that the log needs to know. */
  changes(): readonly Change[] {
    return [...this.#changes.values()]
  }
}

function apply(rows: Rows, { table, id, row }: Change): void {
  const ofTable = rows[table] as Map<string, unknown>
  if (row === null) ofTable.delete(id)
  else ofTable.set(id, row)
}
