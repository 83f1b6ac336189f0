"""Half of a reset: no servers, volumes and snapshots in any table, and the backend at its own site, enabled and thawed.
Whatever state a test left them in, the services could not be asked to do that; the images go with the clusters' reset."""
import signal

import holding
import store
import volume
from processes import end

# Of Cinder's and placement's tables those that are emptied, of Nova's those that are not.
CINDER = ('volume_attachment attachment_specs volume_metadata volume_admin_metadata volume_glance_metadata snapshot_metadata'
          ' snapshots group_volume_type_mapping group_snapshots volumes groups transfers messages workers reservations'
          ' quota_usages image_volume_cache_entries').split()
NOVA_API = 'instance_mappings build_requests request_specs instance_group_member instance_group_policy instance_groups key_pairs'.split()
PLACEMENT = 'allocations consumers'.split()
NOVA_KEPT = ('services', 'compute_nodes', 'alembic_version', 'migrate_version')
HEAT_KEPT = ('service', 'migrate_version')


def forget(place, o):
    holding.free(place, o)
    for region in place.regions:
        # Where it keeps its volumes it reads at its start only; and what it is in the middle of must not go on.
        end(place, f'{region.cinder}-volume', signal.SIGKILL)
    store.start_mariadb(place)
    for region in place.regions:
        store.sql(place, emptied(CINDER) + "UPDATE services SET active_backend_id = NULL, replication_status = 'enabled',"
                  " disabled = 0, disabled_reason = NULL, frozen = 0 WHERE `binary` = 'cinder-volume';", region.cinder)
        volume.age(place, region)
    nova = [name for name in tables(place, 'nova') if name not in NOVA_KEPT and not name.startswith('shadow_')]
    store.sql(place, emptied(nova), 'nova')
    store.sql(place, emptied(nova), 'nova_cell0')
    store.sql(place, emptied(NOVA_API), 'nova_api')
    store.sql(place, emptied(PLACEMENT), 'placement')
    store.sql(place, emptied([name for name in tables(place, 'heat') if name not in HEAT_KEPT]), 'heat')
    # All that a port has goes with the row that it is one of.
    store.sql(place, 'DELETE FROM standardattributes WHERE id IN (SELECT standard_attr_id FROM ports)', 'neutron')


def tables(place, schema):
    return [name for [name] in store.sql(place, f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}'")]


def emptied(names):
    return 'SET foreign_key_checks = 0;' + ''.join(f'DELETE FROM `{name}`;' for name in names)
