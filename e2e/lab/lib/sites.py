"""A connection to one site of the lab, with deadlines that really end a call."""
import errno
import json
import time

import rados
import rbd

from journal import clients

SITES = ('site-a', 'site-b')
POOLS = ('volumes', 'images', 'vms')
# A mgr that has just started loads its modules one by one: until then it answers one of these.
LOADING = (-errno.EAGAIN, -errno.EOPNOTSUPP)
LOADED_WITHIN_SEC = 90


class Site:
    def __init__(self, folder, name, timeout=20):
        self.name, self.folder = name, folder
        t = str(timeout)
        self.cluster = rados.Rados(conffile=f'{folder}/{name}.conf', name='client.admin',
                                   conf={'client_mount_timeout': t, 'rados_mon_op_timeout': t, 'rados_osd_op_timeout': t,
                                         'err_to_stderr': 'false', 'log_to_stderr': 'false'})
        self.cluster.connect(timeout=min(timeout, 5))
        self.ios = {}

    def io(self, pool):
        if pool not in self.ios:
            self.ios[pool] = self.cluster.open_ioctx(pool)
        return self.ios[pool]

    def statuses(self, pool):
        """By global id: what librbd says of each mirrored image of the pool; the roles come from a call of their own."""
        info = dict(rbd.RBD().mirror_image_info_list(self.io(pool)))
        return {s['info']['global_id']: s | {'info': info[s['id']]}
                for s in rbd.RBD().mirror_image_status_list(self.io(pool)) if s['id'] in info}

    def mon(self, prefix, **kw):
        r, out, err = self.cluster.mon_command(json.dumps({'prefix': prefix, 'format': 'json', **kw}), b'')
        if r:
            raise RuntimeError(f'{self.name}: {prefix}: {r} {err}')
        return json.loads(out)

    def mgr(self, prefix, **kw):
        """Asks the mgr, and again for as long as the module that should answer is not loaded."""
        end = time.monotonic() + LOADED_WITHIN_SEC
        while True:
            r, out, err = self.cluster.mgr_command(json.dumps({'prefix': prefix, 'format': 'json', **kw}), b'')
            if r not in LOADING or time.monotonic() > end:
                break
            time.sleep(0.2)
        if r:
            raise RuntimeError(f'{self.name}: {prefix}: {r} {err}')
        return out.decode()

    def journal_copied(self, pool, image_id):
        """Asked at the primary: whether the first copying of an image in journal mode is over."""
        peers = [c for c in clients(self.io(pool), image_id) if c['peer']]
        return bool(peers) and not any(c['syncing'] for c in peers)

    def snapshot_copied(self, pool, image_id):
        """Asked at the copy: whether its newest mirror snapshot is complete."""
        try:
            with rbd.Image(self.io(pool), image_id=image_id, read_only=True) as image:
                mirror = [s['mirror'] for s in image.list_snaps() if 'mirror' in s]
        except rbd.ImageNotFound:
            return False
        return bool(mirror) and mirror[-1]['complete']
