#!/usr/bin/python3
"""cluster.py new-osd CONF UUID | pools CONF SITE POOL... | bare-pools CONF POOL... | answers CONF POOL... | wait CONF POOL...
Over one librados connection what a dozen `ceph` calls would do; each of those costs 0.2 s of processor time."""
import json
import sys
import time

import rados
import rbd

T0 = time.time()


def connect(conf, limit=60, osd_timeout='20'):
    while True:
        try:
            c = rados.Rados(conffile=conf, name='client.admin',
                            conf={'rados_mon_op_timeout': '20', 'rados_osd_op_timeout': osd_timeout,
                                  'err_to_stderr': 'false'})
            c.connect(timeout=5)
            return c
        except rados.Error:
            if time.time() - T0 > limit:
                raise
            time.sleep(0.1)


def command(c, ok=(0,), mgr=False, **kw):
    r, out, err = (c.mgr_command if mgr else c.mon_command)(json.dumps({'format': 'json', **kw}), b'')
    if r not in ok:
        raise SystemExit(f'{kw}: {r} {err}')
    try:
        return json.loads(out) if out else None
    except ValueError:
        return out.decode()


def wait_for(c, what, limit, test):
    while not test():
        if time.time() - T0 > limit:
            raise SystemExit(f'{what} after {limit} s: ' + json.dumps(command(c, prefix='status')))
        time.sleep(0.05)


def usable(c, mgr=True):
    """All placement groups active+clean, an OSD up and, unless told otherwise, a mgr that answers."""
    s = command(c, prefix='status')
    clean = sum(x['count'] for x in s['pgmap'].get('pgs_by_state', []) if x['state_name'] == 'active+clean')
    return s['osdmap'].get('num_up_osds', 0) >= 1 and clean == s['pgmap']['num_pgs'] > 0 and (s['mgrmap']['available'] or not mgr)


def lists(conf, names):
    """Whether the OSD answers, asked by a new client: one that asked too early sits on the old map for 10 s."""
    if time.time() - T0 > 60:
        raise SystemExit('the OSD does not answer after 60 s')
    c = connect(conf, osd_timeout='1')
    try:
        for p in names:
            with c.open_ioctx(p) as io:
                rbd.RBD().list(io)
        return True
    except (rados.Error, rbd.Error):
        return False
    finally:
        c.shutdown()


def pools(c, names):
    """The pools, for rbd and active+clean. Gives whether any of them is new."""
    wait_for(c, 'no OSD came up', 60, lambda: command(c, prefix='osd stat').get('num_up_osds', 0) >= 1)
    have = {p['poolname'] for p in command(c, prefix='osd lspools')}
    for p in names:
        if p not in have:
            command(c, prefix='osd pool create', pool=p, pg_num=8, pgp_num=8, size=1, autoscale_mode='off')
            command(c, prefix='osd pool application enable', pool=p, app='rbd', yes_i_really_mean_it=True)
    wait_for(c, 'not active+clean', 90, lambda: usable(c))
    if set(names) <= have:
        return False
    # Idle modules that only cost processor time.
    for k, v in (('balancer/active', 'false'), ('devicehealth/enable_monitoring', 'false'), ('progress/enabled', 'false'),
                 ('crash/warn_recent_interval', '0'), ('pg_autoscaler/sleep_interval', '3600'), ('balancer/sleep_interval', '3600')):
        command(c, prefix='config set', who='mgr', name='mgr/' + k, value=v)
    for p in names:
        with c.open_ioctx(p) as io:
            rbd.RBD().pool_init(io, False)
    return True


def mirrored(c, site, names):
    r = rbd.RBD()
    for p in names:
        with c.open_ioctx(p) as io:
            if r.mirror_mode_get(io) != rbd.RBD_MIRROR_MODE_IMAGE:
                r.mirror_mode_set(io, rbd.RBD_MIRROR_MODE_IMAGE)
    r.mirror_site_name_set(c, site)


if __name__ == '__main__':
    verb, conf, *args = sys.argv[1:]
    cluster = connect(conf)
    if verb == 'new-osd':
        command(cluster, prefix='osd new', uuid=args[0], ok=(0, -17))   # without an id: the first on a fresh cluster is 0
    elif verb == 'pools':
        if pools(cluster, args[1:]):
            mirrored(cluster, args[0], args[1:])
    elif verb == 'bare-pools':
        pools(cluster, args)
    elif verb in ('answers', 'wait'):
        # Right after a start the mon still tells what was before: only answers from the others prove that they are back.
        while not lists(conf, args):
            time.sleep(0.1)
        if verb == 'wait':
            wait_for(cluster, 'not usable', 60, lambda: usable(cluster))
            # A mgr that has just started loads its modules one by one: until then the answer is EAGAIN or EOPNOTSUPP.
            ask = dict(mgr=True, prefix='rbd mirror snapshot schedule list', level_spec='')
            wait_for(cluster, 'rbd_support not loaded', 90, lambda: command(cluster, (0, -11, -95), **ask) is not None)
    cluster.shutdown()
