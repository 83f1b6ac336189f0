"""Neutron without agents: Nova asks it for ports and security groups, and every port is bound at once."""
from ini import common, ini, rabbit
from place import REGION_ONE
from processes import answers, entry, here, manage, start, wait_for
from store import schema

PLUGINS = 'etc/plugins'


def prepare(place):
    # Neutron finds a mechanism driver by its entry point only.
    place.write(f'{PLUGINS}/labmech-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: labmech\nVersion: 1.0\n')
    place.write(f'{PLUGINS}/labmech-1.0.dist-info/entry_points.txt',
                '[neutron.ml2.mechanism_drivers]\nlabmech = labmech:LabMech\n')
    conf = place.write('etc/neutron/neutron.conf', ini({
        'DEFAULT': {
            'transport_url': rabbit(place, REGION_ONE), 'bind_host': '127.0.0.1', 'bind_port': place.port('neutron'),
            'api_workers': 0, 'rpc_workers': 0, 'rpc_state_report_workers': 0, 'core_plugin': 'ml2', 'service_plugins': 'router',
            'auth_strategy': 'keystone', 'notify_nova_on_port_status_changes': False,
            'notify_nova_on_port_data_changes': False, 'state_path': place.dir + '/neutron',
            'api_paste_config': here('etc', 'neutron-paste.ini'), 'use_stderr': True, 'dhcp_agent_notification': False},
        'quotas': {'quota_port': 1000},
        'ml2': {'type_drivers': 'local,flat,vlan', 'tenant_network_types': 'vlan', 'mechanism_drivers': 'labmech',
                'extension_drivers': 'port_security'},
        'ml2_type_flat': {'flat_networks': '*'},
        'ml2_type_vlan': {'network_vlan_ranges': 'physnet1:100:300'},
        **common(place, 'neutron', REGION_ONE, 'neutron')}))
    place.path('neutron', '')
    if not place.marked('neutron'):
        schema(place, 'neutron')
        manage(place, 'neutron-setup', 'neutron-db-manage', 'neutron.db.migration.cli', conf, ['upgrade', 'heads'])
        place.mark('neutron')


def start_neutron(place):
    start(place, 'neutron',
          entry('neutron-server', 'neutron.cmd.eventlet.server') + ['--config-file', place.dir + '/etc/neutron/neutron.conf'],
          {'PYTHONPATH': f"{place.dir}/{PLUGINS}:{here('daemons')}"}, place.port('neutron'))


def wait_neutron(place):
    wait_for(place, 'neutron', lambda: answers(place.url('neutron', '/')))
