import type { Kysely, Migration } from 'kysely'
import { columns } from './columns'

export const cloud: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    const table = async (name: string, keys: string[], text: string, bigint: string, integer: string) => {
      let t = columns(schema.createTable(name), 'text', text)
      if (bigint !== '') t = columns(t, 'bigint', bigint)
      if (integer !== '') t = columns(t, 'integer', integer)
      await t.addPrimaryKeyConstraint(`${name}_pk`, keys as never).execute()
    }
    const index = (on: string, name: string, by: string[]) =>
      schema.createIndex(`${on}_${name}`).on(on).columns(by).execute()

    await table('clouds', ['site'], 'site state error report?', 'last_ok_at? silent_since?', '')
    await table('cloud_readings', ['site', 'kind'], 'site kind error json?', 'observed_at?', 'took_ms? things')
    await table(
      'cloud_volumes',
      ['site', 'id'],
      'site id name project_id tenant status type_name? backend? host? replication_status? glance_image_id? snapshot_id? source_volume_id? name_id rbd_pool? rbd_image metadata attachments',
      'created_at changed_at',
      'size_gb bootable multiattach encrypted',
    )
    await index('cloud_volumes', 'rbd', ['rbd_image', 'rbd_pool'])
    await index('cloud_volumes', 'name', ['name', 'rbd_image'])
    await index('cloud_volumes', 'tenant', ['tenant', 'rbd_image'])
    await table('cloud_volume_servers', ['site', 'volume_id', 'server_id'], 'site volume_id server_id', '', '')
    await index('cloud_volume_servers', 'server', ['server_id', 'volume_id'])
    await table('cloud_snapshots', ['site', 'id'], 'site id name volume_id status project_id', 'changed_at', 'size_gb')
    await index('cloud_snapshots', 'volume', ['volume_id'])
    await table(
      'cloud_images',
      ['site', 'id'],
      'site id name status project_id visibility locations rbd_pool? rbd_image?',
      'size_bytes? changed_at',
      'guessed',
    )
    await index('cloud_images', 'rbd', ['rbd_image', 'rbd_pool'])
    await table(
      'cloud_servers',
      ['site', 'id'],
      'site id name project_id tenant status task_state? host? flavor volume_ids glance_image_id? root_device? addresses metadata',
      'created_at changed_at',
      'locked',
    )
    await index('cloud_servers', 'name', ['name', 'id'])
    await table('cloud_orphans', ['site', 'image_id'], 'site image_id', '', '')
    await index('cloud_orphans', 'image', ['image_id'])
  },
}
