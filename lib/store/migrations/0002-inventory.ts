import type { Kysely, Migration } from 'kysely'
import { columns } from './columns'

export const inventory: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    let t = columns(schema.createTable('sites'), 'text', 'name state error facts_json?')
    t = columns(t, 'bigint', 'last_ok_at? silent_since? facts_at?')
    t = columns(t, 'integer', 'failures clock_skew_ms? clock_bound_ms? round_ms?')
    await t.addPrimaryKeyConstraint('sites_pk', ['name'] as never).execute()

    t = columns(
      schema.createTable('pool_readings'),
      'text',
      'site pool pair? peer_site? mode error mirroring_json? daemons_json? schedules_json?',
    )
    t = columns(t, 'bigint', 'observed_at? slow_at? sampled_at? fast_sampled_at?')
    t = columns(t, 'integer', 'images unmirrored?')
    await t.addPrimaryKeyConstraint('pool_readings_pk', ['site', 'pool'] as never).execute()

    t = columns(
      schema.createTable('images'),
      'text',
      'id pair pool namespace global_id name mode left_role right_role left_state right_state left_description right_description left_image_id right_image_id primary_site? verdict verdict_text held_grade held_text parent_pool? parent_namespace? parent_name? schedule?',
    )
    t = columns(t, 'bigint', 'held_until_at? breach_at? size_bytes? copy_since? changed_at')
    t = columns(
      t,
      'integer',
      'left_up right_up severity caught_up sampled objective_sec sync_percent? parent_mirrored?',
    )
    await t.addPrimaryKeyConstraint('images_pk', ['id'] as never).execute()
    const index = (name: string, on: string[]) => schema.createIndex(name).on('images').columns(on).execute()
    await index('images_pool_name', ['pair', 'pool', 'namespace', 'name'])
    await index('images_name', ['name', 'id'])
    await index('images_breach', ['breach_at', 'id'])
    await index('images_held', ['held_until_at', 'id'])
    await index('images_severity', ['severity', 'id'])
    await index('images_verdict', ['verdict', 'id'])

    t = columns(schema.createTable('snapshot_marks'), 'text', 'image_id site')
    t = columns(t, 'integer', 'snap_id')
    t = columns(t, 'bigint', 'taken_at')
    await t.addPrimaryKeyConstraint('snapshot_marks_pk', ['image_id', 'site', 'snap_id'] as never).execute()

    t = columns(schema.createTable('journal_samples'), 'text', 'image_id site')
    t = columns(t, 'bigint', 'at tag entry')
    t = columns(t, 'integer', 'exact')
    await t.addPrimaryKeyConstraint('journal_samples_pk', ['image_id', 'site', 'at'] as never).execute()

    t = columns(schema.createTable('rollups'), 'text', 'scope')
    t = columns(t, 'bigint', 'minute')
    t = columns(t, 'integer', 'worst_sec? p95_sec? median_sec? images unknown')
    await t.addPrimaryKeyConstraint('rollups_pk', ['scope', 'minute'] as never).execute()

    t = columns(schema.createTable('breaches'), 'text', 'image_id')
    t = columns(t, 'bigint', 'started_at ended_at?')
    t = columns(t, 'integer', 'worst_sec')
    await t.addPrimaryKeyConstraint('breaches_pk', ['image_id', 'started_at'] as never).execute()

    t = columns(schema.createTable('summaries'), 'text', 'key json')
    t = columns(t, 'bigint', 'at')
    await t.addPrimaryKeyConstraint('summaries_pk', ['key'] as never).execute()
  },
}
