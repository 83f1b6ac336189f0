import type { Kysely, Migration } from 'kysely'
import { columns } from './columns'

export const groups: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    const group = columns(
      schema.createTable('protection_groups'),
      'text',
      'id name name_key cloud spec created_by changed_by',
    )
    await columns(
      columns(group, 'integer', 'version selection_version accepted_version priority rpo_sec?'),
      'bigint',
      'created_at changed_at',
    )
      .addPrimaryKeyConstraint('protection_groups_pk', ['id'] as never)
      .execute()
    await schema.createIndex('protection_groups_name').unique().on('protection_groups').column('name_key').execute()
    const members = columns(
      schema.createTable('group_members'),
      'text',
      'group_id kind member_id site name why mark? state',
    )
    await columns(columns(members, 'integer', 'stage?'), 'bigint', 'since')
      .addPrimaryKeyConstraint('group_members_pk', ['group_id', 'kind', 'member_id'] as never)
      .execute()
    await schema
      .createIndex('group_members_member')
      .on('group_members')
      .columns(['site', 'kind', 'member_id'])
      .execute()
    await schema.createIndex('group_members_state').on('group_members').columns(['state', 'group_id']).execute()
    await schema
      .createIndex('group_members_name')
      .on('group_members')
      .columns(['group_id', 'kind', 'name', 'member_id'])
      .execute()
    // How many volumes failover_host takes of a backend is counted at every look.
    await schema
      .createIndex('cloud_volumes_backend')
      .on('cloud_volumes')
      .columns(['site', 'backend', 'replication_status', 'id'])
      .execute()
  },
}
