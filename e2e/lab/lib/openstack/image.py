"""Glance, which keeps its images in the pool `images` of site-a."""
from ini import common, ini
from place import REGION_ONE
from processes import answers, entry, here, manage, start, wait_for
from store import schema


def prepare(place):
    staging = f'{place.dir}/glance/staging'
    for folder in ('staging', 'tasks'):
        place.path('glance', folder, '')
    conf = place.write('etc/glance/glance-api.conf', ini({
        'DEFAULT': {
            'bind_host': '127.0.0.1', 'bind_port': place.port('glance'), 'public_endpoint': place.url('glance'),
            # One process of its own: uwsgi, as Debian has it, takes no chunked upload.
            'workers': 0, 'enabled_backends': 'rbd:rbd', 'use_stderr': True, 'node_staging_uri': f'file://{staging}',
            'show_image_direct_url': True, 'show_multiple_locations': True, 'enabled_import_methods': '[glance-direct]'},
        'glance_store': {'default_backend': 'rbd'},
        'rbd': {'rbd_store_pool': 'images', 'rbd_store_user': 'cinder', 'rbd_store_ceph_conf': place.conf('site-a'),
                'rbd_store_chunk_size': 8, 'store_description': 'site-a'},
        'os_glance_staging_store': {'filesystem_store_datadir': staging},
        'os_glance_tasks_store': {'filesystem_store_datadir': f'{place.dir}/glance/tasks'},
        'paste_deploy': {'flavor': 'keystone', 'config_file': here('etc', 'glance-paste.ini')},
        **common(place, 'glance', REGION_ONE, 'glance')}))
    if not place.marked('glance'):
        schema(place, 'glance')
        manage(place, 'glance-setup', 'glance-manage', 'glance.cmd.manage', conf, ['db_sync'])
        place.mark('glance')


def start_glance(place):
    start(place, 'glance', entry('glance-api', 'glance.cmd.api') + ['--config-file', place.dir + '/etc/glance/glance-api.conf'],
          port=place.port('glance'))


def wait_glance(place):
    wait_for(place, 'glance', lambda: answers(place.url('glance', '/')))
