import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Copies that lost what they had from a parent. Of what was read before it is only known which images were clones: their
 * copies were not looked at, so each counts as one that was a clone before anybody watched.
 */
export const hollow: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('images').addColumn('cloned_copy', 'text').execute()
    await db.schema.alterTable('images').addColumn('hollow', 'text').execute()
    await sql`update images set cloned_copy = '' where mode = 'snapshot' and parent_name is not null`.execute(db)
  },
}
