"""Heat: its API and its engine in one process."""
from ini import common, ini, rabbit
from place import REGION_ONE
from processes import answers, entry, here, manage, start, wait_for
from store import schema


def prepare(place):
    # It takes the working directory for one that is not named.
    nothing = place.dir + '/etc/heat/none'
    conf = place.write('etc/heat/heat.conf', ini({
        'DEFAULT': {
            'transport_url': rabbit(place, REGION_ONE), 'use_stderr': True, 'num_engine_workers': 1,
            'region_name_for_services': REGION_ONE.name, 'heat_metadata_server_url': place.url('heat'),
            # A lab's stacks have no waiting conditions, so nobody signs in for them later.
            'deferred_auth_method': 'trusts', 'stack_user_domain_name': '', 'plugin_dirs': nothing, 'environment_dir': nothing,
            'convergence_engine': True},
        'heat_all': {'enabled_services': 'api,engine'},
        'heat_api': {'bind_host': '127.0.0.1', 'bind_port': place.port('heat'), 'workers': 0},
        'paste_deploy': {'api_paste_config': here('etc', 'heat-paste.ini')},
        'trustee': {'auth_type': 'password', 'auth_url': place.url('keystone', '/v3'), 'username': 'heat',
                    'password': place.password, 'user_domain_id': 'default'},
        'clients_keystone': {'auth_uri': place.url('keystone', '/v3')},
        **common(place, 'heat', REGION_ONE, 'heat'),
        # By Heat's own default nobody may list the stacks of others.
        'oslo_policy': {'enforce_scope': False, 'enforce_new_defaults': False,
                        'policy_file': place.write('etc/heat/policy.yaml', 'stacks:global_index: role:admin\n')}}))
    if not place.marked('heat'):
        schema(place, 'heat')
        manage(place, 'heat-setup', 'heat-manage', 'heat.cmd.manage', conf, ['db_sync'])
        place.mark('heat')


def start_heat(place):
    start(place, 'heat', entry('heat-all', 'heat.cmd.all') + ['--config-file', place.dir + '/etc/heat/heat.conf'],
          port=place.port('heat'))


def wait_heat(place):
    wait_for(place, 'heat', lambda: answers(place.url('heat', '/')))
