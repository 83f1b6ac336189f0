import type { Kysely, Migration } from 'kysely'

export const keptApart: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('kept_apart')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('image_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('pair', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('parted_at', 'bigint', (c) => c.notNull())
      .addColumn('meter', 'text')
      .addColumn('measured_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .addColumn('end_reason', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('kept_apart_open').on('kept_apart').columns(['ended_at', 'image_id']).execute()
  },
}
