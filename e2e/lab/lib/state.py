#!/usr/bin/python3
"""state.py up DIR | status DIR [--json] | wait DIR [--timeout S] [--pool P] [--no-nudge]"""
import argparse
import collections
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import rados
import rbd

from asok import pid_of, publish
from sites import POOLS, SITES, Site

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'openstack'))
from processes import daemons  # noqa: E402

DAEMONS = ('mon', 'mgr', 'osd', 'rbd-mirror')
REPLAYING = rbd.MIRROR_IMAGE_STATUS_STATE_REPLAYING
STATES = {getattr(rbd, n): n.removeprefix('MIRROR_IMAGE_STATUS_STATE_').lower()
          for n in dir(rbd) if n.startswith('MIRROR_IMAGE_STATUS_STATE_')}


def read_site(folder, name, images=True):
    out = {'daemons': {d: pid_of(folder, name, d) for d in DAEMONS}, 'health': None, 'images': {}}
    try:
        site = Site(folder, name, timeout=3)
        out['health'] = site.mon('health')['status']
        for pool in POOLS if images else ():
            of_pool = {'total': len(rbd.RBD().list(site.io(pool)))}
            count = collections.Counter()
            for s in site.statuses(pool).values():
                count['primary' if s['info']['primary'] else 'copy'] += 1
                count[('up+' if s['up'] else 'down+') + STATES.get(s['state'], str(s['state']))] += 1
            out['images'][pool] = of_pool | dict(sorted(count.items()))
    except (rados.Error, rbd.Error, RuntimeError) as e:
        out['error'] = str(e)
    return out


def read(folder, images=True):
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(SITES, threads.map(lambda s: read_site(folder, s, images), SITES)))


def faults(folder, link_cut):
    there = sorted(os.listdir(f'{folder}/faults')) if os.path.isdir(f'{folder}/faults') else []
    return sorted(set(f for f in there if f != 'link') | ({'link'} if link_cut else set()))


def status(o):
    sites, active, cloud = read(o.dir), faults(o.dir, o.link_cut), daemons(f'{o.dir}/openstack')
    if o.json:
        with open(f'{o.dir}/port') as f:
            out = {'dir': o.dir, 'port': int(f.read()), 'sites': sites, 'faults': active}
        print(json.dumps(out | ({'openstack': {'daemons': cloud}} if cloud else {}), indent=1))
        return
    for name, s in sites.items():
        print(f"{name}  {s['health'] or s.get('error')}  " + '  '.join(f"{d} {p or 'stopped'}" for d, p in s['daemons'].items()))
        for pool, n in s['images'].items():
            print(f'  {pool:8} ' + '  '.join(f'{k} {v}' for k, v in n.items()))
    if cloud:
        print('openstack  ' + '  '.join(f"{d} {p or 'stopped'}" for d, p in cloud.items()))
    print('faults: ' + (', '.join(active) or 'none'))


def is_up(o):
    """All eight daemons run and both sites answer."""
    sites = read(o.dir, images=False)
    return all(s['health'] and all(s['daemons'].values()) for s in sites.values())


def missing(sites, pools):
    """Mirrored images whose copy is not up+replaying: {pool/name: what is the matter}, and those to be published
    by each site's rbd-mirror now instead of at its next beat."""
    out, silent = {}, {s.name: set() for s in sites}
    for pool in pools:
        a, b = (s.statuses(pool) for s in sites)
        for at, here, there in ((0, a, b), (1, b, a)):
            for gid, s in here.items():
                copy, name = there.get(gid), f"{pool}/{s['name']}"
                if not s['info']['primary']:
                    if not (copy and copy['info']['primary']):
                        out[name] = 'primary nowhere'
                    continue
                if not s['up']:
                    silent[sites[at].name].add(name)
                if copy and copy['up'] and copy['state'] == REPLAYING:
                    continue
                out[name] = (copy['description'] or 'no status') if copy else 'no copy'
                if copy and copied(sites[at], sites[1 - at], pool, s, copy):
                    silent[sites[1 - at].name].add(name)
    return out, silent


def copied(primary, other, pool, s, copy):
    if s['info']['mode'] == rbd.RBD_MIRROR_IMAGE_MODE_JOURNAL:
        return primary.journal_copied(pool, s['id'])
    return other.snapshot_copied(pool, copy['id'])


def wait(o):
    end, sites, left, told = time.time() + o.timeout, None, {}, 0
    while True:
        try:
            sites = sites or [Site(o.dir, s, timeout=5) for s in SITES]
            left, silent = missing(sites, [o.pool] if o.pool else POOLS)
        except (rados.Error, rbd.Error) as e:
            sites, left, silent = None, {'': str(e)}, {}
        # Given a moment, they publish most of them without being told.
        if not o.no_nudge and time.time() - told > 1.5:
            for site, names in silent.items():
                publish(o.dir, site, names)
            told = time.time()
        if not left:
            return True
        if time.time() > end:
            print(f'lab: not replaying after {o.timeout:g} s:', *(f'{k}: {v}' for k, v in sorted(left.items())[:20]),
                  sep='\n  ', file=sys.stderr)
            return False
        time.sleep(0.25)


def main():
    p = argparse.ArgumentParser(prog='lab')
    p.add_argument('verb')
    p.add_argument('dir')
    p.add_argument('--json', action='store_true')
    p.add_argument('--link-cut', action='store_true', help=argparse.SUPPRESS)
    p.add_argument('--timeout', type=float, default=90)
    p.add_argument('--pool', choices=POOLS)
    p.add_argument('--no-nudge', action='store_true', help="at rbd-mirror's own pace: its beat is 30 s")
    o = p.parse_args()
    ok = {'up': is_up, 'status': status, 'wait': wait}[o.verb](o)
    sys.exit(1 if ok is False else 0)


if __name__ == '__main__':
    main()
