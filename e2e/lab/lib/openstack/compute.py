"""placement, and Nova with the fake virt driver: servers without a machine behind them. All the rest is as in any cloud."""
from concurrent.futures import ThreadPoolExecutor

from ini import account, common, database, ini, rabbit
from place import REGION_ONE
from processes import PYTHON, alive, answers, entry, here, manage, start, uwsgi, wait_for
from store import schema, sql

NOVA = 'etc/nova/nova.conf'


def prepare(place):
    placement = place.write('etc/placement/placement.conf', ini({
        'DEFAULT': {'use_stderr': True}, 'api': {'auth_strategy': 'keystone'},
        'placement_database': {'connection': database(place, 'placement')},
        'keystone_authtoken': common(place, 'placement', REGION_ONE, 'placement')['keystone_authtoken']}))
    conf = place.write(NOVA, ini(nova(place)))
    place.path('nova/instances', '')
    if place.marked('nova'):
        return
    for name in ('nova', 'nova_api', 'nova_cell0', 'placement'):
        schema(place, name)
    with ThreadPoolExecutor(1) as beside:
        of_placement = beside.submit(manage, place, 'placement-setup', 'placement-manage', 'placement.cmd.manage', placement,
                                     ['db', 'sync'])
        manage(place, 'nova-setup', 'nova-manage', 'nova.cmd.manage', conf, ['api_db', 'sync'],
               ['cell_v2', 'map_cell0', '--database_connection', database(place, 'nova_cell0')],
               ['db', 'sync'], ['cell_v2', 'create_cell', '--name', 'cell1'])
        of_placement.result()
    place.mark('nova')


def nova(place):
    signed = account(place, 'nova', region_name=REGION_ONE.name)
    return {
        'DEFAULT': {
            'transport_url': rabbit(place, REGION_ONE), 'host': 'compute', 'my_ip': '127.0.0.1',
            'compute_driver': 'fake.FakeDriver', 'state_path': place.dir + '/nova',
            'instances_path': place.dir + '/nova/instances', 'osapi_compute_listen': '127.0.0.1',
            'osapi_compute_listen_port': place.port('nova'), 'osapi_compute_workers': 1, 'enabled_apis': 'osapi_compute',
            'use_stderr': True, 'report_interval': 5, 'service_down_time': 30, 'vif_plugging_is_fatal': False,
            'vif_plugging_timeout': 0, 'update_resources_interval': 20, 'sync_power_state_interval': 60, 'periodic_fuzzy_delay': 0,
            'block_device_allocate_retries': 120, 'block_device_allocate_retries_interval': 1,
            'allow_resize_to_same_host': True},
        'api': {'auth_strategy': 'keystone'},
        'wsgi': {'api_paste_config': here('etc', 'nova-paste.ini')},
        'api_database': {'connection': database(place, 'nova_api')},
        # The one compute host becomes known by itself, at once: not after a random part of a minute (periodic_fuzzy_delay).
        'scheduler': {'workers': 1, 'discover_hosts_in_cells_interval': 3},
        # A reset takes servers out of the tables, behind the back of whoever would remember them.
        'filter_scheduler': {'track_instance_changes': False},
        'conductor': {'workers': 1},
        'cinder': {**account(place, 'nova'), 'catalog_info': 'volumev3::publicURL', 'os_region_name': REGION_ONE.name,
                   'http_retries': 1},
        'glance': {'region_name': REGION_ONE.name, 'valid_interfaces': 'public'},
        'placement': signed, 'neutron': signed,
        'service_user': {'send_service_user_token': True, **signed},
        **common(place, 'nova', REGION_ONE, 'nova')}


def start_placement(place):
    start(place, 'placement', uwsgi('placement', place.port('placement'), 'placement_wsgi'),
          {'OS_PLACEMENT_CONFIG_DIR': place.dir + '/etc/placement'}, place.port('placement'))


def start_nova(place):
    """All but nova-compute, which asks placement for itself as soon as it runs."""
    for name in ('nova-conductor', 'nova-scheduler', 'nova-api'):
        start_part(place, name)


def start_part(place, name):
    conf = ['--config-file', f'{place.dir}/{NOVA}']
    if name == 'nova-compute':
        if not alive(place, name):
            # Its last sign of life is an old one: else it would be called up for as long as that is young.
            sql(place, "UPDATE services SET last_seen_up = '2000-01-01' WHERE `binary` = 'nova-compute'", 'nova')
        start(place, name, [PYTHON, here('daemons', 'nova_compute.py'), *conf])
    elif name == 'nova-api':
        start(place, name, entry('nova-api', 'nova.cmd.api_os_compute') + conf, port=place.port('nova'))
    else:
        start(place, name, entry(name, 'nova.cmd.' + name.removeprefix('nova-')) + conf)


def wait_placement(place):
    wait_for(place, 'placement', lambda: answers(place.url('placement', '/')))


def wait_nova(place):
    wait_for(place, 'nova-api', lambda: answers(place.url('nova', '/')))
