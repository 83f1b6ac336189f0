"""Volumes, snapshots, servers and ghosts, made by the services themselves as far as they can. Each verb gives what it made
as JSON, when it is there: `available` volumes, ACTIVE servers."""
import base64
import os
import time
from concurrent.futures import ThreadPoolExecutor

import rbd

import seed
from client import Client
from place import REGION_ONE
from processes import LabError
from sites import Site
from store import sql

# The API, like cinder-volume, is one process: more at once only wait for each other.
AT_ONCE = 4


def owner(place, project):
    """A client of that project: of its member, or of the administrator."""
    return Client(place, user=project, project=project)


def volumes(place, o):
    who = owner(place, o.project)
    image = image_id(who) if o.image else None
    names = free_names(who.volume('GET', '/volumes')['volumes'], o.prefix, o.n)
    make = lambda name: one_volume(who, name, o.type, o.size, image)
    if o.in_order:
        made = []
        for name in names:
            made.append(make(name))
            # Cinder fails volumes over in the order of their creation, which it keeps in whole seconds.
            time.sleep(1 - time.time() % 1)
    else:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            made = list(threads.map(make, names))
    if o.data:
        site = Site(place.lab, active_site(place))
        for volume in made:
            write(site, volume['image'])
    return made


def one_volume(who, name, kind, size=1, image=None):
    wanted = {'name': name, 'size': size, 'volume_type': kind, **({'imageRef': image} if image else {})}
    made = who.volume('POST', '/volumes', {'volume': wanted})['volume']
    who.settled_volume(made['id'])
    return {'id': made['id'], 'name': name, 'image': f"volumes/volume-{made['id']}"}


def snapshot(place, o):
    who = Client(place)
    made = who.volume('POST', '/snapshots', {'snapshot': {
        'volume_id': o.volume, 'name': o.name or f'snapshot-of-{o.volume[:8]}', 'force': True}})['snapshot']
    who.settled(f"snapshot {made['id']}", lambda: who.volume('GET', f"/snapshots/{made['id']}")['snapshot'], 'available')
    return {'id': made['id'], 'name': made['name'], 'volume': o.volume}


def servers(place, o):
    """Servers one beside the other; each has volumes of its own, and those of `--attach` go to the first."""
    who = owner(place, o.project)
    image, flavor = image_id(who), who.compute('GET', '/flavors?sort_key=memory_mb')['flavors'][0]['id']
    names = free_names(who.compute('GET', '/servers')['servers'], o.prefix, o.n)

    def make(index, name):
        root = one_volume(who, f'{name}-root', 'replicated', 1, image) if o.from_volume else None
        data = [one_volume(who, f'{name}-{kind}-{i + 1}', kind) for kind, count in (('replicated', o.data), ('plain', o.plain))
                for i in range(count)]
        ids = [volume['id'] for volume in data] + (o.attach if index == 0 else [])
        made = one_server(who, name, flavor, None if root else image, root and root['id'], ids)
        return {'id': made, 'name': name, 'root': root, 'volumes': ids}

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(make, range(len(names)), names))


def one_server(who, name, flavor, image, root, attach):
    wanted = {'name': name, 'flavorRef': flavor, 'networks': 'none'}
    if root:
        wanted['block_device_mapping_v2'] = [{'boot_index': 0, 'uuid': root, 'source_type': 'volume',
                                              'destination_type': 'volume', 'delete_on_termination': False}]
    else:
        wanted['imageRef'] = image
    made = who.compute('POST', '/servers', {'server': wanted})['server']['id']
    who.settled_server(made)
    for volume in attach:
        who.compute('POST', f'/servers/{made}/os-volume_attachments', {'volumeAttachment': {'volumeId': volume}})
        who.settled_volume(volume, 'in-use')
    return made


def stack(place, o):
    who = owner(place, o.project)
    own = lambda what: {'get_resource': what}
    template = {'heat_template_version': '2018-08-31', 'resources': {
        'key': {'type': 'OS::Nova::KeyPair', 'properties': {
            'name': o.name + '-key', 'public_key': public_key()}},
        'server': {'type': 'OS::Nova::Server', 'properties': {
            'name': o.name + '-server', 'flavor': 'lab.small', 'image': image_id(who), 'key_name': own('key'),
            'networks': [{'network': seed.NETWORK}]}},
        'volume': {'type': 'OS::Cinder::Volume', 'properties': {
            'name': o.name + '-volume', 'size': 1, 'volume_type': 'replicated'}},
        'attached': {'type': 'OS::Cinder::VolumeAttachment', 'properties': {
            'instance_uuid': own('server'), 'volume_id': own('volume')}}}}
    made = who.orchestration('POST', '/stacks', {'stack_name': o.name, 'template': template})['stack']
    path = f"/stacks/{o.name}/{made['id']}"
    who.settled(f'stack {o.name}', lambda: {'status': who.orchestration('GET', path)['stack']['stack_status']}, 'CREATE_COMPLETE')
    ids = {one['resource_name']: one['physical_resource_id'] for one in who.orchestration('GET', path + '/resources')['resources']}
    return {'id': made['id'], 'name': o.name, 'user': who.user_id, 'server': ids['server'], 'volume': ids['volume'],
            'project': who.project_id}


def public_key():
    """Nova makes none since 2.92. Nobody has the private half."""
    field = lambda part: len(part).to_bytes(4, 'big') + part
    return 'ssh-ed25519 ' + base64.b64encode(field(b'ssh-ed25519') + field(os.urandom(32))).decode() + ' lab'


def ghost(place, o):
    """As a failed create leaves it: `error`, no replication_status, no image. Made well first, and spoiled in the table:
    what makes Cinder fail here depends on the day."""
    who = owner(place, o.project)
    made = one_volume(who, o.name, 'replicated')
    pool, name = made['image'].split('/')
    rbd.RBD().remove(Site(place.lab, active_site(place)).io(pool), name)
    sql(place, f"UPDATE volumes SET status = 'error', replication_status = NULL, replication_driver_data = NULL"
               f" WHERE id = '{made['id']}'", REGION_ONE.cinder)
    return {**made, 'image': None}


def image_id(who):
    there = who.image('GET', f'/v2/images?name={seed.IMAGE}')['images']
    if not there:
        raise LabError(f"Glance has no image {seed.IMAGE}; run 'lab up', which makes it")
    return there[0]['id']


def active_site(place):
    """Where the backend has its volumes now."""
    [[active]] = sql(place, "SELECT active_backend_id FROM services WHERE `binary` = 'cinder-volume' AND deleted = 0",
                     REGION_ONE.cinder)
    return REGION_ONE.secondary if active else REGION_ONE.primary


def write(site, spec):
    pool, name = spec.split('/')
    with rbd.Image(site.io(pool), name) as image:
        for block in range(16):
            image.write(name.encode().ljust(65536, b'.'), block * 4 * (1 << 20))
        image.flush()


def free_names(there, prefix, count):
    taken = {thing['name'] for thing in there}
    names = (f'{prefix}-{i}' for i in range(1, 10_000))
    return [name for name, _ in zip((n for n in names if n not in taken), range(count))]
