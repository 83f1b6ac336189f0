import type { Kysely, Migration } from 'kysely'

export const status: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('status_selections')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('sentence', 'text', (c) => c.notNull())
      .addColumn('filter', 'text', (c) => c.notNull())
      .addColumn('objective', 'text', (c) => c.notNull())
      .addColumn('home_site', 'text')
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('note_by', 'text')
      .addColumn('note_at', 'bigint')
      .addColumn('note_until', 'bigint')
      .execute()
  },
}
