"""The state of the cloud as JSON: what the services say, and the daemons."""
from concurrent.futures import ThreadPoolExecutor

from client import Client
from processes import daemons


def state(place, _):
    """Lists as the services give them, shortened to what tests ask for; of what does not answer, the error."""
    out = {'daemons': daemons(place.dir), 'clouds': place.lab + '/clouds.yaml'}
    who = Client(place)
    parts = {
        'services': lambda: [pick(s, 'binary host status state disabled_reason replication_status active_backend_id frozen')
                             for s in who.volume('GET', '/os-services')['services']],
        'volumes': lambda: [{**pick(v, 'id name status replication_status volume_type os-vol-host-attr:host size bootable'
                                       ' os-vol-tenant-attr:tenant_id created_at'),
                             'servers': [a['server_id'] for a in v['attachments']]}
                            for v in who.volume('GET', '/volumes/detail?all_tenants=1')['volumes']],
        'snapshots': lambda: [pick(s, 'id name status volume_id')
                              for s in who.volume('GET', '/snapshots/detail?all_tenants=1')['snapshots']],
        'attachments': lambda: [attachment(a)
                                for a in who.volume('GET', '/attachments/detail?all_tenants=1')['attachments']],
        'images': lambda: [pick(i, 'id name status locations') for i in who.image('GET', '/v2/images')['images']],
        'servers': lambda: [{**pick(s, 'id name status OS-EXT-STS:task_state tenant_id created'),
                             'volumes': [v['id'] for v in s['os-extended-volumes:volumes_attached']]}
                            for s in who.compute('GET', '/servers/detail?all_tenants=1')['servers']],
    }
    with ThreadPoolExecutor(len(parts)) as threads:
        for name, part in [(name, threads.submit(read)) for name, read in parts.items()]:
            out[name] = part.result()
    return out


def pick(thing, names):
    return {name.rpartition(':')[2]: thing.get(name) for name in names.split()}


def attachment(a):
    to = a.get('connection_info') or {}
    monitors = [f'{host}:{port}' for host, port in zip(to.get('hosts', []), to.get('ports', []))]
    return {**pick(a, 'id volume_id instance status'), 'monitors': monitors, 'cluster': to.get('cluster_name'),
            'image': to.get('name')}
