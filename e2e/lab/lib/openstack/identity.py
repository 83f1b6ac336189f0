"""Keystone."""
import base64
import os

from ini import database, ini
from processes import answers, manage, start, uwsgi, wait_for
from store import schema


def prepare(place):
    """Its configuration, keys, tables and administrator."""
    folder = place.dir + '/etc/keystone'
    conf = place.write('etc/keystone/keystone.conf', ini({
        'DEFAULT': {'log_file': place.dir + '/log/keystone-app.log', 'public_endpoint': place.url('keystone', '/'),
                    'max_token_size': 255},
        'database': {'connection': database(place, 'keystone')},
        # Each password would else be hashed for a tenth of a second, and nothing would be remembered.
        'identity': {'password_hash_rounds': 4},
        'cache': {'enabled': True, 'backend': 'dogpile.cache.memory'},
        'token': {'provider': 'fernet', 'expiration': 14400},
        'fernet_tokens': {'key_repository': folder + '/fernet'},
        'fernet_receipts': {'key_repository': folder + '/fernet'},
        'credential': {'key_repository': folder + '/credential'},
        'oslo_policy': {'enforce_scope': False},
        'resource': {'list_limit': 1000}}))
    if place.marked('keystone'):
        return
    schema(place, 'keystone')
    for repository in ('fernet', 'credential'):
        for number in ('0', '1'):        # the next one and the one in use, as keystone-manage would lay them out
            place.write(f'etc/keystone/{repository}/{number}', base64.urlsafe_b64encode(os.urandom(32)).decode())
        os.chmod(f'{folder}/{repository}', 0o700)
    urls = [word for kind in ('public', 'internal', 'admin')
            for word in (f'--bootstrap-{kind}-url', place.url('keystone', '/v3'))]
    manage(place, 'keystone-setup', 'keystone-manage', 'keystone.cmd.manage', conf, ['db_sync'],
           ['bootstrap', '--bootstrap-region-id', 'RegionOne', *urls], env={'OS_BOOTSTRAP_PASSWORD': place.password})
    place.mark('keystone')


def start_keystone(place):
    start(place, 'keystone', uwsgi('keystone', place.port('keystone'), 'keystone_wsgi'),
          {'OS_KEYSTONE_CONFIG_DIR': place.dir + '/etc/keystone'}, place.port('keystone'))


def wait_keystone(place):
    wait_for(place, 'keystone', lambda: answers(place.url('keystone', '/v3')))
