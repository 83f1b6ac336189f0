"""Cinder: api, scheduler and volume with the RBD driver, one of each in a region."""
from ini import account, common, ini, rabbit
from processes import alive, answers, entry, here, manage, start, uwsgi, wait_for
from store import schema, sql

BACKEND = 'ceph'
# As replication_device names the other site, and failover_host takes it.
TARGET = 'secondary'


def host(region):
    """The backend's host, as os-services, freeze and failover_host name it."""
    return f'{region.cinder}@{BACKEND}'


def prepare(place, region):
    name = region.cinder
    config = {
        'DEFAULT': {
            'transport_url': rabbit(place, region), 'use_stderr': True, 'auth_strategy': 'keystone',
            'api_paste_config': here('etc', 'cinder-paste.ini'),
            'resource_query_filters_file': here('etc', 'cinder-filters.json'),
            'public_endpoint': place.url(name), 'host': name, 'my_ip': '127.0.0.1', 'state_path': f'{place.dir}/{name}',
            'enabled_backends': BACKEND, 'default_volume_type': 'replicated',
            'glance_api_servers': place.url('glance'), 'glance_num_retries': 1, 'storage_availability_zone': 'nova',
            # So that the API follows what happens within seconds.
            'report_interval': 3, 'service_down_time': 20, 'periodic_interval': 10, 'periodic_fuzzy_delay': 2,
            'backend_stats_polling_interval': 5, 'rpc_response_timeout': 30,
            'quota_volumes': 500, 'quota_gigabytes': 5000, 'quota_snapshots': 500},
        BACKEND: backend(place, region),
        'nova': account(place, 'nova', region_name=region.name),
        'service_user': {'send_service_user_token': False},
        'coordination': {'backend_url': f'file://{place.dir}/{name}/coordination'},
        **common(place, 'cinder', region, name)}
    place.path(name, '')
    conf = place.write(f'etc/{name}/cinder.conf', ini(config))
    if not place.marked(name):
        schema(place, name)
        manage(place, name + '-setup', 'cinder-manage', 'cinder.cmd.manage', conf, ['db', 'sync'])
        place.mark(name)


def backend(place, region):
    here_, there = region.primary, region.secondary
    # Both secrets are named: after a failover and back, attachments would else carry the other cluster's.
    device = f'backend_id:{TARGET},conf:{place.conf(there)},user:cinder,secret_uuid:{place.fsid(there)}'
    return {
        'volume_driver': 'cinder.volume.drivers.rbd.RBDDriver', 'volume_backend_name': BACKEND, 'rbd_pool': 'volumes',
        'rbd_user': 'cinder', 'rbd_ceph_conf': place.conf(here_), 'rbd_secret_uuid': place.fsid(here_),
        'replication_device': device,
        # Without a limit the whole process hangs on a cluster that is gone, and failover_host is refused.
        'rados_connect_timeout': 5, 'replication_connect_timeout': 5, 'rados_connection_retries': 3,
        'rados_connection_interval': 5, 'rbd_exclusive_cinder_pool': True, 'max_over_subscription_ratio': 20,
        'report_discard_supported': True}


def start_cinder(place, region):
    for binary in ('api', 'scheduler', 'volume'):
        start_part(place, region, binary)


def start_part(place, region, binary):
    name, conf = f'{region.cinder}-{binary}', f'{place.dir}/etc/{region.cinder}/cinder.conf'
    if binary == 'api':
        port = place.port(region.cinder)
        start(place, name, uwsgi(name, port, 'cinder_wsgi'), {'LAB_CONF': conf}, port)
    else:
        if binary == 'volume' and not alive(place, name):
            age(place, region)
        start(place, name, entry(f'cinder-{binary}', f'cinder.cmd.{binary}') + ['--config-file', conf])


def age(place, region):
    """Makes cinder-volume's last sign of life an old one: else it would be called up for as long as that is young."""
    sql(place, "UPDATE services SET updated_at = '2000-01-01' WHERE `binary` = 'cinder-volume'", region.cinder)


def wait_cinder(place, region):
    wait_for(place, f'{region.cinder}-api', lambda: answers(place.url(region.cinder, '/')))
