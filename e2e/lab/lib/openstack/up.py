"""Bringing all of it up, and down. Tables are made side by side, and each service starts as soon as its own are there."""
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import catalogue
import compute
import identity
import image
import network
import orchestration
import seed
import store
import volume
from client import Client
from processes import LabError, alive, daemons, end

T0 = time.monotonic()


def log(words):
    print(f'[{time.monotonic() - T0:6.2f}s] openstack: {words}', file=sys.stderr, flush=True)


def up(place, seeded=True):
    place.make()
    with ThreadPoolExecutor(12) as threads:
        messages = threads.submit(store.start_rabbitmq, place)
        store.start_mariadb(place)
        log('MariaDB answers')
        # Keystone first: the rest is told to it before nova-compute looks placement up.
        keystone = threads.submit(lambda: (identity.prepare(place), identity.start_keystone(place)))

        def bring(prepare, start):
            prepare()
            messages.result()
            store.wait_rabbitmq(place)
            start()

        others = [threads.submit(bring, lambda: compute.prepare(place),
                                 lambda: (compute.start_placement(place), compute.start_nova(place)))]
        for region in place.regions:
            others.append(threads.submit(bring, lambda r=region: volume.prepare(place, r),
                                         lambda r=region: volume.start_cinder(place, r)))
        others.append(threads.submit(bring, lambda: image.prepare(place), lambda: image.start_glance(place)))
        others.append(threads.submit(bring, lambda: network.prepare(place), lambda: network.start_neutron(place)))
        others.append(threads.submit(bring, lambda: orchestration.prepare(place), lambda: orchestration.start_heat(place)))
        keystone.result()
        identity.wait_keystone(place)
        log('Keystone answers')
        told = f'catalogue-{len(place.regions)}'
        if not place.marked(told):
            catalogue.provision(place)
            place.mark(told)
        for other in others:
            other.result()
        log('tables are there, services start')
        compute.wait_placement(place)
        compute.start_part(place, 'nova-compute')
        for region in place.regions:
            volume.wait_cinder(place, region)
        image.wait_glance(place)
        network.wait_neutron(place)
        orchestration.wait_heat(place)
        compute.wait_nova(place)
    log('every service answers')
    admin = Client(place)        # whose token is younger than the catalogue
    if seeded:
        seed.seed(place, admin)
        seed.image(place, admin)
    seed.wait_services(place, admin)
    log(f'up: OS_CLIENT_CONFIG_FILE={place.lab}/clouds.yaml openstack --os-cloud lab volume service list')


def start_one(place, name):
    """A daemon that was stopped; starting one that runs does nothing."""
    starters = {'mariadb': store.start_mariadb, 'rabbitmq': store.start_rabbitmq, 'keystone': identity.start_keystone,
                'glance': image.start_glance, 'neutron': network.start_neutron, 'placement': compute.start_placement,
                'heat': orchestration.start_heat}
    for region in place.regions:
        for binary in ('api', 'scheduler', 'volume'):
            starters[f'{region.cinder}-{binary}'] = lambda p, r=region, b=binary: volume.start_part(p, r, b)
    for part in ('api', 'conductor', 'scheduler', 'compute'):
        starters[f'nova-{part}'] = lambda p, n=f'nova-{part}': compute.start_part(p, n)
    if name not in starters:
        raise LabError(f"no such service: '{name}' ({', '.join(sorted(starters))})")
    starters[name](place)


def down(place, wipe):
    """RabbitMQ is killed, since each of its starts is from nothing; MariaDB ends last and in peace."""
    running = [name for name in daemons(place.dir) if alive(place, name)]
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda name: end(place, name, signal.SIGKILL if name in ('rabbitmq', 'epmd') else signal.SIGTERM),
                         [name for name in running if name != 'mariadb']))
    end(place, 'mariadb', grace=15)
    if wipe:
        place.forget('../clouds.yaml')
        shutil.rmtree(place.dir, ignore_errors=True)
    if running:
        log('down')
