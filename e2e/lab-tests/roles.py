#!/usr/bin/python3
"""Looks from outside, by librbd, who says that it is primary, over and over, until SIGTERM.

  roles.py --log FILE --every-ms 200 --site NAME=CONF --site NAME=CONF --image POOL/NAME [--image ...]

Each look reads the first site, the second, and the first again: an image counts as primary at both only if the first
said so before and after the second did. One JSON line a change of roles, one a double primary, and one at the end."""
import argparse
import json
import os
import signal
import threading
import time

import rados
import rbd


def role(ioctx, name):
    try:
        # Opened read-only there is no watcher of ours that could hold anything up.
        with rbd.Image(ioctx, name, read_only=True) as image:
            return 'primary' if image.mirror_image_get_info()['primary'] else 'non-primary'
    except (rbd.Error, rados.Error) as e:
        return 'unknown: %s' % e


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--log', required=True)
    p.add_argument('--every-ms', type=float, default=200)
    p.add_argument('--site', action='append', required=True)
    p.add_argument('--image', action='append', required=True)
    o = p.parse_args()
    stop = threading.Event()
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: stop.set())
    fd = os.open(o.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    say = lambda **line: os.write(fd, (json.dumps(line) + '\n').encode())
    opened = {}
    sites = [x.split('=', 1) for x in o.site]
    for name, conf in sites:
        limits = {'client_mount_timeout': '10', 'rados_osd_op_timeout': '10', 'rados_mon_op_timeout': '10'}
        cluster = rados.Rados(conffile=conf, name='client.admin', conf=limits)
        cluster.connect(timeout=10)
        pools = {x.split('/')[0] for x in o.image}
        opened[name] = {pool: cluster.open_ioctx(pool) for pool in pools}
    (first, _), (second, _) = sites
    before, looks, unread, longest, last = {}, 0, 0, 0.0, None
    print('looking', flush=True)
    while not stop.is_set():
        began = time.monotonic()
        if last is not None:
            longest = max(longest, began - last)
        last = began
        for spec in o.image:
            pool, name = spec.split('/')
            look = [role(opened[site][pool], name) for site in (first, second, first)]
            looks += 1
            unread += any(x.startswith('unknown') for x in look)
            if look == ['primary'] * 3:
                say(event='both', image=spec, at=time.time_ns() / 1e6)
            now = [look[2], look[1]]
            if before.get(spec) != now:
                say(event='roles', image=spec, at=time.time_ns() / 1e6, roles=dict(zip((first, second), now)))
            before[spec] = now
        stop.wait(max(0, o.every_ms / 1000 - (time.monotonic() - began)))
    say(event='end', looks=looks, unread=unread, longestGapMs=round(longest * 1000), at=time.time_ns() / 1e6)


if __name__ == '__main__':
    main()
