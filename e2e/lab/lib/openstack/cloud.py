#!/usr/bin/python3
"""The lab's OpenStack: its services, and what is in it. `lab cloud --help` has the verbs."""
import argparse
import json
import os
import signal
import sys

# What the clusters' part of the lab has, this one uses.
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import forget  # noqa: E402
import holding  # noqa: E402
import report  # noqa: E402
import things  # noqa: E402
import up  # noqa: E402
from catalogue import PROJECTS  # noqa: E402
from place import Place  # noqa: E402
from processes import LabError, alive, end  # noqa: E402


def bring_up(place, o):
    place.make()
    if o.second_region:
        place.mark('second-region')
    up.up(place, not o.no_seed)


def stop(place, o, how=signal.SIGTERM):
    for name in o.service:
        if not alive(place, name):
            raise LabError(f"{name} does not run; 'lab status' has the names of those that do")
        end(place, name, how)


def kill(place, o):
    stop(place, o, signal.SIGKILL)


def start(place, o):
    for name in o.service:
        up.start_one(place, name)


def parser():
    p = argparse.ArgumentParser(prog='lab cloud')
    verbs = p.add_subparsers(dest='verb', required=True, metavar='VERB')

    def verb(name, does, words, listed=True):
        v = verbs.add_parser(name, description=words, **({'help': words} if listed else {}))
        v.set_defaults(does=does)
        return v

    v = verb('up', bring_up, 'called by `lab up`', listed=False)
    v.add_argument('--no-seed', action='store_true')
    v.add_argument('--second-region', action='store_true')
    verb('down', lambda place, o: up.down(place, o.wipe), 'called by `lab down`', False).add_argument('--wipe', action='store_true')
    verb('forget', forget.forget, 'called by `lab reset`', False).set_defaults(volume=None)
    verb('state', report.state, 'services, volumes, snapshots, attachments, images and servers as JSON')
    v = verb('volumes', things.volumes, 'make N volumes, `available` when it returns')
    v.add_argument('n', type=int)
    v.add_argument('--type', choices=('replicated', 'plain'), default='replicated')
    v.add_argument('--image', action='store_true', help='clones of the Glance image')
    v.add_argument('--size', type=int, default=1, help='GB')
    v.add_argument('--data', action='store_true', help='write 1 MB to each')
    v.add_argument('--in-order', action='store_true', help='one a second, so that their order of creation is certain')
    named(v, 'vol')
    v = verb('snapshot', things.snapshot, 'of a volume')
    v.add_argument('volume')
    v.add_argument('--name')
    v = verb('servers', things.servers, 'make N servers, ACTIVE when it returns')
    v.add_argument('n', type=int)
    v.add_argument('--from-volume', action='store_true', help='each boots from a replicated clone of the Glance image')
    v.add_argument('--data', type=int, default=0, metavar='K', help='replicated volumes for each, attached')
    v.add_argument('--plain', type=int, default=0, metavar='K', help='volumes without replication for each, attached')
    v.add_argument('--attach', nargs='+', default=[], metavar='VOLUME', help='volumes that are there, to the first server')
    named(v, 'server')
    v = verb('stack', things.stack, 'of Heat: a server on a network, with a replicated volume and a keypair of its own')
    v.add_argument('--name', default='stack')
    v.add_argument('--project', choices=('admin', *PROJECTS), default=PROJECTS[0])
    v = verb('ghost', things.ghost, 'a replicated volume in `error`, with no replication_status and no image')
    v.add_argument('--name', default='ghost')
    v.add_argument('--project', choices=('admin', *PROJECTS), default=PROJECTS[0])
    v = verb('hold', holding.hold, 'a client that has a volume (its id, or POOL/IMAGE) open and writes to it')
    v.add_argument('volume')
    v.add_argument('--site', choices=('site-a', 'site-b'), help='default: where the backend has its volumes')
    v.add_argument('--exclusive', action='store_true', help='it does not give the lock away')
    verb('free', holding.free, 'end the clients of `hold`: of one volume, or all').add_argument('volume', nargs='?')
    for name, does, words in (('stop', stop, 'end a service by TERM, as `lab status` calls it: keystone, cinder-volume, ...'),
                              ('kill', kill, 'end it by KILL, with all its children'),
                              ('start', start, 'start one that was ended; `lab cloud state` tells when it is up')):
        verb(name, does, words).add_argument('service', nargs='+')
    return p


def named(v, prefix):
    v.add_argument('--prefix', default=prefix, help=f'of the names: {prefix}-1, {prefix}-2, ...')
    v.add_argument('--project', choices=('admin', *PROJECTS), default=PROJECTS[0], help='whose they are')


def main():
    o = parser().parse_args(sys.argv[2:])
    said = o.does(Place(sys.argv[1]), o)
    if said is not None:
        print(json.dumps(said, indent=1))


if __name__ == '__main__':
    try:
        main()
    except LabError as error:
        sys.exit(f'lab: {error}')
