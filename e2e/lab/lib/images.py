#!/usr/bin/python3
"""images.py seed DIR | make DIR N [options] | reset DIR --look [--fresh] | reset DIR POOL/NAME...
Makes and removes images over one connection a site; librbd releases Python's lock, so threads serve."""
import argparse
import json
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import rbd

from sites import POOLS, SITES, Site

M = 1 << 20
MODES = {'journal': rbd.RBD_MIRROR_IMAGE_MODE_JOURNAL, 'snapshot': rbd.RBD_MIRROR_IMAGE_MODE_SNAPSHOT, 'none': None}
PARENT = ('images', 'img-base-1', 'snap')
# pool, name, mode, size, clone of the parent
SEEDED = [
    ('images', 'img-base-1', 'snapshot', 64 * M, False),
    ('volumes', 'vol-journal-1', 'journal', 64 * M, False),
    ('volumes', 'vol-journal-2', 'journal', 128 * M, False),
    ('volumes', 'vol-snap-1', 'snapshot', 64 * M, False),
    ('volumes', 'vol-snap-2', 'snapshot', 128 * M, False),
    ('volumes', 'vol-plain-1', 'none', 64 * M, False),
    ('volumes', 'vol-plain-2', 'none', 64 * M, False),
    ('volumes', 'vol-clone-1', 'snapshot', 64 * M, True),
]
RETRY = (rbd.ImageBusy, rbd.ImageHasSnapshots, rbd.OperationNotSupported, rbd.ReadOnlyImage)


def write_data(image, total, blocks):
    """`blocks` random blocks of 64K spread over the image."""
    step = max(total // blocks, 65536)
    for i in range(blocks):
        image.write(os.urandom(65536), (i * step) % (total - 65536))


def create(site, pool, name, mode, size, data, clone=False):
    io = site.io(pool)
    if clone:
        rbd.RBD().clone(site.io(PARENT[0]), PARENT[1], PARENT[2], io, name)
    else:
        rbd.RBD().create(io, name, size, old_format=False)
    with rbd.Image(io, name) as image:
        if data:
            write_data(image, size, 16 if clone else 64)
        if name == PARENT[1]:
            image.create_snap(PARENT[2])       # before mirroring: its first mirror snapshot then has it
            image.protect_snap(PARENT[2])
        if MODES[mode] is not None:
            image.mirror_image_enable(MODES[mode])
            if data and mode == 'journal':
                write_data(image, size, 4)     # so that the journal has entries too


def seed(a):
    have = {pool: set(rbd.RBD().list(a.io(pool))) for pool in POOLS}
    todo = [s for s in SEEDED if s[1] not in have[s[0]]]
    with ThreadPoolExecutor(4) as threads:
        for clones in (False, True):           # a clone needs its parent, mirrored
            list(threads.map(lambda s: create(a, *s[:4], True, s[4]), [s for s in todo if s[4] == clones]))
    schedule(a, True)
    return [s[1] for s in todo]


def schedule(site, wanted):
    """The pool's own schedule on volumes: there at the primary, nowhere at the other site."""
    call = lambda verb, **kw: site.mgr(f'rbd mirror snapshot schedule {verb}', **kw)
    for pool in POOLS:
        for level in json.loads(call('list', level_spec=f'{pool}/') or '{}').values():
            for item in level['schedule']:
                if not (wanted and level['name'] == 'volumes/' and item['interval'] == '1m'):
                    try:
                        call('remove', level_spec=level['name'])
                    except RuntimeError as error:      # left behind by an image that is gone: it fires for nobody
                        if 'does not exist' not in str(error):
                            raise
    if wanted:
        call('add', level_spec='volumes/', interval='1m')


def make(site, o):
    size = int(o.size[:-1]) * {'K': 1 << 10, 'M': M, 'G': 1 << 30}[o.size[-1].upper()]
    taken = [int(m[1]) for m in (re.fullmatch(re.escape(o.prefix) + r'-(\d+)', n) for n in rbd.RBD().list(site.io(o.pool))) if m]
    first = max(taken, default=0) + 1
    names = [f'{o.prefix}-{i:04d}' for i in range(first, first + o.n)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: create(site, o.pool, n, o.mode, size, o.data), names))
    print(f'{names[0]} .. {names[-1]}' if names else 'nothing to make', file=sys.stderr)


def patiently(f, *args, limit=20):
    """The daemons hold images open for a moment and remove copies of their own accord."""
    end = time.time() + limit
    while True:
        try:
            return f(*args)
        except rbd.ImageNotFound:
            return None
        except RETRY:
            if time.time() > end:
                raise
            time.sleep(0.1)


def unmirror(site, pool, name, primaries):
    with rbd.Image(site.io(pool), name) as image:
        info = image.mirror_image_get_info()
        if info['state'] == rbd.RBD_MIRROR_IMAGE_ENABLED and (info['primary'] or not primaries):
            image.mirror_image_disable(True)


def remove(site, pool, name):
    with rbd.Image(site.io(pool), name) as image:
        for s in list(image.list_snaps()):
            if s['namespace'] == rbd.RBD_SNAP_NAMESPACE_TYPE_USER:
                if image.is_protected_snap(s['name']):
                    image.unprotect_snap(s['name'])
                image.remove_snap(s['name'])
    rbd.RBD().remove(site.io(pool), name)


def wanted(folder):
    """What is seeded, and what Glance has where an OpenStack stands beside the clusters."""
    try:
        with open(f'{folder}/openstack/images.json') as f:
            of_glance = [('images', name, 'journal', size, False) for name, size in json.load(f)]
    except FileNotFoundError:
        of_glance = []
    return {(s[0], s[1]): s for s in SEEDED + of_glance}


def doomed(sites, fresh):
    """What is not as seeded: strangers, wrong roles or sizes, split-brain, extra snapshots. Clones first."""
    status = {s.name: {pool: s.statuses(pool) for pool in POOLS} for s in sites}
    want = wanted(sites[0].folder)
    out, clones = set(), set()
    a, b = sites
    for site in sites:
        for pool in POOLS:
            for name in rbd.RBD().list(site.io(pool)):
                key = (pool, name)
                with rbd.Image(site.io(pool), name, read_only=True) as image:
                    try:
                        image.parent_info()
                        clones.add(key)
                    except rbd.ImageNotFound:
                        pass
                    if fresh or key not in want or (site is b and want[key][2] == 'none'):
                        out.add(key)
                    elif site is a and not as_seeded(image, want[key], status, pool):
                        out.add(key)
                    elif site is b and not any(x['name'] == name for x in status['site-a'][pool].values()):
                        out.add(key)
    if (PARENT[0], PARENT[1]) in out:
        out |= clones
    return sorted(out, key=lambda k: k not in clones)


def as_seeded(image, want, status, pool):
    info = image.mirror_image_get_info()
    # The mode of an image that is not mirrored reads as journal.
    mode = image.mirror_image_get_mode() if info['state'] == rbd.RBD_MIRROR_IMAGE_ENABLED else None
    if mode != MODES[want[2]] or image.size() != want[3]:
        return False
    user = [s['name'] for s in image.list_snaps() if s['namespace'] == rbd.RBD_SNAP_NAMESPACE_TYPE_USER]
    if user != ([PARENT[2]] if want[0] == PARENT[0] else []):      # Glance gives its snapshot the same name
        return False
    if mode is None:
        return True
    copy = status['site-b'][pool].get(info['global_id'])
    bad = copy and (copy['info']['primary'] or copy['state'] == rbd.MIRROR_IMAGE_STATUS_STATE_ERROR)
    return info['primary'] and not bad


def reset(sites, bad):
    for site in sites:                         # first: the schedule of an image that is gone cannot be named any more
        schedule(site, False)
    take_away(sites, bad)
    seed(sites[0])


def take_away(sites, bad):
    """Images, clones first, wherever they are and whatever role they have."""
    each = [(site, *key) for key in bad for site in sites]
    with ThreadPoolExecutor(8) as threads:
        for clone in (True, False):            # a parent stays mirrored as long as a clone is
            group = [e for e in each if is_clone(*e) == clone]
            for primaries in (True, False):
                list(threads.map(lambda e: patiently(unmirror, *e, primaries), group))
            list(threads.map(lambda e: patiently(remove, *e), group))


def is_clone(site, pool, name):
    return (pool, name) == ('volumes', 'vol-clone-1') or not name.startswith('img-') and has_parent(site, pool, name)


def has_parent(site, pool, name):
    try:
        with rbd.Image(site.io(pool), name, read_only=True) as image:
            image.parent_info()
        return True
    except rbd.ImageNotFound:
        return False


def main():
    p = argparse.ArgumentParser(prog='lab')
    p.add_argument('verb')
    p.add_argument('dir')
    if sys.argv[1] == 'make':
        p.add_argument('n', type=int)
        p.add_argument('--mode', choices=MODES, default='snapshot')
        p.add_argument('--prefix', default='vol-made')
        p.add_argument('--pool', choices=POOLS, default='volumes')
        p.add_argument('--size', default='64M')
        p.add_argument('--site', choices=SITES, default='site-a')
        p.add_argument('--data', action='store_true')
    p.add_argument('--fresh', action='store_true')
    p.add_argument('--look', action='store_true', help=argparse.SUPPRESS)
    if sys.argv[1] == 'reset':
        p.add_argument('names', nargs='*')
    o = p.parse_args()
    if o.verb == 'make':
        make(Site(o.dir, o.site), o)
    elif o.verb == 'seed':
        print(' '.join(seed(Site(o.dir, 'site-a'))))
    elif o.verb == 'reset':
        sites = [Site(o.dir, s) for s in SITES]
        if o.look:
            print(' '.join('/'.join(key) for key in doomed(sites, o.fresh)))
        else:
            reset(sites, [tuple(x.split('/', 1)) for x in o.names])


if __name__ == '__main__':
    main()
