"""What a cloud has before anybody uses it: volume types, flavors, a network, and an image that is mirrored."""
import json
import os
import time
from datetime import datetime

import rbd

from client import Client
from processes import LabError
from sites import Site
from volume import BACKEND, host

IMAGE = 'lab-image'
NETWORK = 'lab-net'
MIB = 1 << 20
TYPES = {'replicated': {'replication_enabled': '<is> True', 'volume_backend_name': BACKEND},
         'plain': {'volume_backend_name': BACKEND}}
FLAVORS = {'lab.small': (512, 1), 'lab.medium': (2048, 2)}


def seed(place, admin):
    for region in place.regions:
        types(Client(place, region=region.name))
    have = {flavor['name'] for flavor in admin.compute('GET', '/flavors')['flavors']}
    for name in FLAVORS.keys() - have:
        ram, cpus = FLAVORS[name]
        admin.compute('POST', '/flavors', {'flavor': {'name': name, 'ram': ram, 'vcpus': cpus, 'disk': 1}})
    if not admin.network('GET', f'/v2.0/networks?name={NETWORK}')['networks']:
        made = admin.network('POST', '/v2.0/networks', {'network': {'name': NETWORK, 'shared': True}})['network']
        admin.network('POST', '/v2.0/subnets', {'subnet': {
            'network_id': made['id'], 'cidr': '10.10.0.0/24', 'ip_version': 4, 'name': NETWORK}})


def types(admin):
    have = {kind['name'] for kind in admin.volume('GET', '/types?is_public=None')['volume_types']}
    for name in TYPES.keys() - have:
        admin.volume('POST', '/types', {'volume_type': {'name': name, 'extra_specs': TYPES[name]}})


def image(place, admin):
    """The image, with data and mirrored by journal: a replicated volume made of one that is not mirrored ends in `error`,
    and librbd 16 takes cinder-volume down with it. One whose data a rebuilt cluster has lost, or whose locations a test has changed,
    is made anew."""
    site = Site(place.lab, 'site-a')
    for there in admin.image('GET', f'/v2/images?name={IMAGE}')['images']:
        only = [f"rbd://{place.fsid('site-a')}/images/{there['id']}/snap"]
        if [location['url'] for location in there.get('locations', [])] == only and mirrored(site, there['id']):
            return
        admin.image('DELETE', f"/v2/images/{there['id']}")
    made = admin.image('POST', '/v2/images', {
        'name': IMAGE, 'disk_format': 'raw', 'container_format': 'bare', 'visibility': 'public'})
    admin.image('PUT', f"/v2/images/{made['id']}/file", data=os.urandom(MIB) * 8,
                headers={'Content-Type': 'application/octet-stream'})
    with rbd.Image(site.io('images'), made['id']) as opened:
        opened.mirror_image_enable(rbd.RBD_MIRROR_IMAGE_MODE_JOURNAL)
        place.write('images.json', json.dumps([[made['id'], opened.size()]]))    # what a reset of the clusters leaves alone


def mirrored(site, name):
    try:
        with rbd.Image(site.io('images'), name, read_only=True) as opened:
            info = opened.mirror_image_get_info()
            return info['state'] == rbd.RBD_MIRROR_IMAGE_ENABLED and info['primary']
    except rbd.ImageNotFound:
        return False


def wait_services(place, admin, limit=60):
    """Until every cinder-volume and nova-compute says that it is up."""
    end, left = time.monotonic() + limit, None
    while left != []:
        if time.monotonic() > end:
            raise LabError(f"not up after {limit} s: {', '.join(left or [])}; see {place.dir}/log")
        left = missing(place, admin)
        if left:
            time.sleep(0.3)


def missing(place, admin):
    left = [host(region) for region in place.regions if not backend_up(place, Client(place, region=region.name), region)]
    hosts = admin.compute('GET', '/os-hypervisors')['hypervisors']
    return left if any(h['state'] == 'up' for h in hosts) else [*left, 'nova-compute']


def backend_up(place, admin, region):
    """Whether the scheduler has heard of the backend from the process that runs now. The service itself is called up as
    soon as its process starts, whether or not it has its cluster."""
    services = admin.volume('GET', '/os-services?binary=cinder-volume')['services']
    if not any(s['host'] == host(region) and s['state'] == 'up' for s in services):
        return False
    if all(s['status'] == 'disabled' for s in services):
        return True         # failed over: of such a backend the scheduler keeps no pool
    since = os.path.getmtime(f'{place.dir}/run/{region.cinder}-volume.pid')
    pools = admin.volume('GET', '/scheduler-stats/get_pools?detail=True')['pools']
    told = [datetime.fromisoformat(pool['capabilities']['timestamp'] + '+00:00').timestamp() for pool in pools]
    return any(time_told > since for time_told in told)
