import type { CreateTableBuilder } from 'kysely'

type Kind = 'text' | 'integer' | 'bigint'

/** Adds columns of one kind to a table that is being made: `name` not null, `name?` may be null. */
export function columns<T extends string>(
  table: CreateTableBuilder<T>,
  kind: Kind,
  names: string,
): CreateTableBuilder<T> {
  return names
    .split(' ')
    .reduce<CreateTableBuilder<T>>(
      (builder, name) =>
        name.endsWith('?')
          ? (builder.addColumn(name.slice(0, -1), kind) as CreateTableBuilder<T>)
          : (builder.addColumn(name, kind, (c) => c.notNull()) as CreateTableBuilder<T>),
      table,
    )
}
