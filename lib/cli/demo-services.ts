import type { Actor } from '@/lib/domain/actor'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'
import { ImagesFilter } from '@/lib/views/images-filter'

/** The demo's status page speaks at first sight: one service that is well, one in trouble now and then, one at a shy site. */
const SERVICES = [
  {
    name: 'Payments',
    sentence: 'Card payments and the ledger behind them.',
    objective: 'at most 2 minutes of data lost, back within 30 minutes',
    home: 'eu-west',
    filter: { pool: 'volumes', q: '48d' },
  },
  {
    name: 'Customer portal',
    sentence: 'The web shop, its servers and their disks.',
    objective: 'at most 2 minutes of data lost',
    home: 'eu-west',
    filter: { pool: 'vms' },
  },
  {
    name: 'Archive',
    sentence: 'Documents of closed years; nobody waits for them.',
    objective: '',
    home: 'eu-south',
    filter: { pool: 'volumes-south' },
  },
] as const

const DEMO: Actor = { kind: 'system', name: 'demo' }

/** Once a data folder. Who has removed them all, or named others, is not given them again: the audit trail remembers. */
export async function nameDemoServices(store: Store, at: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    const there = await tx.selectFrom('status_selections').select('id').limit(1).executeTakeFirst()
    const edited = await tx
      .selectFrom('audit')
      .select('seq')
      .where('action', 'like', 'status:%')
      .where('outcome', '=', 'done')
      .limit(1)
      .executeTakeFirst()
    if (there !== undefined || edited !== undefined) return
    await tx
      .insertInto('status_selections')
      .values(
        SERVICES.map(({ name, sentence, objective, home, filter }, index) => ({
          id: `s-demo-${index + 1}`,
          name,
          sentence,
          filter: JSON.stringify(ImagesFilter.parse(filter)),
          objective,
          home_site: home,
          position: index + 1,
          created_by: JSON.stringify(DEMO),
          created_at: at,
          changed_at: at,
          note: '',
        })),
      )
      .execute()
    const detail = { names: SERVICES.map(({ name }) => name) }
    await audit(tx, { at, actor: DEMO, action: 'status:name', subject: 'demo', outcome: 'done', detail })
    await announce(tx, ['status'], at)
  })
}
