import type { Actor } from '@/lib/domain/actor'
import type { Condition, GroupSpec } from '@/lib/domain/group'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'

const group = (name: string, cloud: string, is: Condition, more: Partial<GroupSpec>): GroupSpec => ({
  ...{ name, cloud, rpoSec: 120, rtoSec: 1_800, priority: 2, stages: [], marks: [] },
  selection: {
    rules: [{ all: [is] }],
    byHand: { volumes: [], servers: [] },
    except: { volumes: [], servers: [] },
  },
  ...more,
})

/** The demo shows both kinds: a group that is a whole backend and can move, and one that is part of a backend and cannot. */
const GROUPS: readonly GroupSpec[] = [
  group('Logistics and archive', 'eu-north', { on: 'backend', is: '*@ceph' }, {}),
  group(
    'Payments',
    'eu-west',
    { on: 'tenant', is: 'payments' },
    {
      priority: 1,
      stages: [
        { match: [{ by: 'name', name: 'db-*' }], gates: [{ kind: 'human', question: 'Are the databases clean?' }] },
        { match: [{ by: 'name', name: 'queue-*' }], gates: [{ kind: 'pause', sec: 10 }] },
        { match: [{ by: 'name', name: 'api-*' }], gates: [] },
      ],
    },
  ),
]

const DEMO: Actor = { kind: 'system', name: 'demo' }

/** Once a data folder. Who has deleted them, or made others, is not given them again: the audit trail remembers. */
export async function makeDemoGroups(store: Store, at: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    const edited = await tx
      .selectFrom('audit')
      .select('seq')
      .where('action', 'like', 'group:%')
      .where('outcome', '=', 'done')
      .limit(1)
      .executeTakeFirst()
    if (edited !== undefined) return
    const by = JSON.stringify(DEMO)
    await tx
      .insertInto('protection_groups')
      .values(
        GROUPS.map((spec, index) => ({
          ...{ id: `g-demo-${index + 1}`, name: spec.name, name_key: spec.name.toLowerCase(), cloud: spec.cloud },
          ...{ spec: JSON.stringify(spec), priority: spec.priority, rpo_sec: spec.rpoSec, version: 1 },
          // Whom they have the first look finds, and takes as accepted.
          ...{ selection_version: 1, accepted_version: 0 },
          ...{ created_by: by, created_at: at, changed_by: by, changed_at: at },
        })),
      )
      .execute()
    const detail = { names: GROUPS.map(({ name }) => name) }
    await audit(tx, { at, actor: DEMO, action: 'group:create', subject: 'demo', outcome: 'done', detail })
    await announce(tx, ['groups'], at)
  })
}
