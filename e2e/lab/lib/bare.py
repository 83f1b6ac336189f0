#!/usr/bin/python3
"""bare.py DIR: the images of a lab where nobody has set up mirroring. Those that are there stay as they are.
Their names are those of the simulator's bare world."""
import sys

import rbd

from images import M, PARENT, write_data
from sites import POOLS, Site

LAYERING = rbd.RBD_FEATURE_LAYERING
# site, pool, name, clone of the parent, features (None: the usual ones)
BARE = [
    ('site-a', 'images', 'img-base-1', False, None),
    ('site-a', 'images', 'img-base-2', False, None),
    *[('site-a', 'volumes', f'vol-{i}', False, None) for i in range(1, 5)],
    *[('site-a', 'volumes', f'vol-clone-{i}', True, None) for i in range(1, 3)],
    ('site-a', 'volumes', 'vol-nolock-1', False, LAYERING),
    *[('site-a', 'vms', f'vm-disk-{i}', True, None) for i in range(1, 3)],
    ('site-b', 'volumes', 'vol-b-1', False, None),
]


def make(site, pool, name, clone, features):
    io = site.io(pool)
    if clone:
        rbd.RBD().clone(site.io(PARENT[0]), PARENT[1], PARENT[2], io, name)
    else:
        rbd.RBD().create(io, name, 16 * M, old_format=False, features=features)
    with rbd.Image(io, name) as image:
        write_data(image, image.size(), 8)
        if pool == PARENT[0]:
            image.create_snap(PARENT[2])
            image.protect_snap(PARENT[2])


def main(folder):
    sites = {name: Site(folder, name) for name in ('site-a', 'site-b')}
    have = {(name, pool): set(rbd.RBD().list(site.io(pool))) for name, site in sites.items() for pool in POOLS}
    for name, pool, image, clone, features in BARE:
        if image not in have[name, pool]:
            make(sites[name], pool, image, clone, features)


if __name__ == '__main__':
    main(sys.argv[1])
