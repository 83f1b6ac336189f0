import { Migrator } from 'kysely'
import type { Store } from './database'
import { foundation } from './migrations/0001-foundation'
import { inventory } from './migrations/0002-inventory'
import { status } from './migrations/0003-status'
import { statements } from './migrations/0004-statements'
import { keptApart } from './migrations/0005-kept-apart'
import { hollow } from './migrations/0006-hollow'
import { cloud } from './migrations/0007-cloud'
import { groups } from './migrations/0008-groups'

/** Brings the store to the newest schema. Throws where a migration fails; nothing is half done. */
export async function migrate(store: Store): Promise<void> {
  const migrator = new Migrator({
    db: store,
    provider: {
      getMigrations: async () => ({
        '0001-foundation': foundation,
        '0002-inventory': inventory,
        '0003-status': status,
        '0004-statements': statements,
        '0005-kept-apart': keptApart,
        '0006-hollow': hollow,
        '0007-cloud': cloud,
        '0008-groups': groups,
      }),
    },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('the store could not be brought to the newest schema', { cause: error })
}
