#!/usr/bin/python3
"""A client outside the app that writes blocks which can be told apart, and a reader that says what became of them.

  writer.py start  --conf C --pool P --image I [--image ...] --log FILE [--interval-ms 100] [--op-timeout S] [--region 32M]
  writer.py verify --conf C --pool P --image I [--image ...] --log FILE

Each block is 4096 bytes: magic, run, sequence, wall clock in ns, image name, then a filler that follows from these.
A line of the log says that a block was acknowledged and flushed: `at` is the wall clock in ms before the write, `ack`
after it. A block lost with all that came later was lost from its `ack` on (`lostFromAck`): before, nobody was told of it.
SIGTERM: the block in flight is finished, the images are closed, exit 0 (3 where a write hangs on a dead cluster)."""
import argparse
import hashlib
import json
import os
import signal
import struct
import sys
import threading
import time

import rados
import rbd

BLOCK = 4096
HEAD = struct.Struct('<8s8sQQH')
MAGIC = b'ANTIPODE'


def block(run, image, seq, ns):
    name = image.encode()
    head = HEAD.pack(MAGIC, run, seq, ns, len(name)) + name
    return head + hashlib.shake_128(head).digest(BLOCK - len(head))


def parse(data):
    """(run, image, seq, ns) of a block, or None where there never was one."""
    magic, run, seq, ns, size = HEAD.unpack_from(data)
    if magic != MAGIC:
        return None
    return run, data[HEAD.size:HEAD.size + size].decode('utf-8', 'replace'), seq, ns


def read_log(path):
    """The run's id and, by image, the acknowledged lines. A last line cut short by a kill is left out."""
    run, acked = None, {}
    if os.path.exists(path):
        with open(path) as f:
            for line in f:
                try:
                    x = json.loads(line)
                except ValueError:
                    continue
                if 'run' in x:
                    run = bytes.fromhex(x['run'])
                elif 'seq' in x and 'error' not in x:
                    acked.setdefault(x['image'], []).append(x)
    return run, acked


def connect(o):
    conf = {'client_mount_timeout': '10', 'rbd_cache': 'false', 'err_to_stderr': 'false'}
    if o.op_timeout:
        conf['rados_osd_op_timeout'] = str(o.op_timeout)
    cluster = rados.Rados(conffile=o.conf, name='client.' + o.user, conf=conf)
    cluster.connect(timeout=10)
    return cluster


def region_of(o, size):
    """Offsets are taken in turn over the region's blocks."""
    return max(1, min(o.region, size) // BLOCK)


def start(o):
    stop = threading.Event()
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: stop.set())
    run, acked = read_log(o.log)
    fd = os.open(o.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    say = lambda **line: os.write(fd, (json.dumps(line) + '\n').encode())
    if run is None:
        run = os.urandom(8)
        say(run=run.hex(), interval_ms=o.interval_ms, region=o.region)
    cluster = connect(o)
    ioctx = cluster.open_ioctx(o.pool)
    lock, ready = threading.Lock(), []

    def write(name):
        seq, image = max((x['seq'] for x in acked.get(name, [])), default=0), None
        try:
            image = rbd.Image(ioctx, name)
            blocks = region_of(o, image.size())
            due = time.monotonic()
            while not stop.is_set():
                seq, ns = seq + 1, time.time_ns()
                offset = seq % blocks * BLOCK
                data = block(run, name, seq, ns)
                image.write(data, offset)
                image.flush()
                say(image=name, seq=seq, at=ns / 1e6, ack=time.time_ns() / 1e6, offset=offset,
                    sha=hashlib.sha256(data).hexdigest())
                with lock:
                    if name not in ready:
                        ready.append(name)
                        if len(ready) == len(o.image):
                            print('writing', flush=True)
                due += o.interval_ms / 1000
                stop.wait(max(0, due - time.monotonic()))
                due = max(due, time.monotonic() - 1)       # no burst to catch up after a stall
        except (rbd.Error, rados.Error) as e:
            say(image=name, seq=seq, at=time.time_ns() / 1e6, error=str(e), errno=getattr(e, 'errno', None))
        finally:
            if image is not None:
                try:
                    image.close()
                except (rbd.Error, rados.Error):
                    pass

    threads = [threading.Thread(target=write, args=(name,), daemon=True) for name in o.image]
    for t in threads:
        t.start()
    while not stop.is_set() and any(t.is_alive() for t in threads):
        stop.wait(0.2)
    end = time.monotonic() + o.grace
    for t in threads:
        t.join(max(0, end - time.monotonic()))
    if any(t.is_alive() for t in threads):
        os._exit(3)
    ioctx.close()
    cluster.shutdown()
    return 0


def verify_image(o, ioctx, run, name, lines):
    """Of each offset the log's newest line counts: what was there before was overwritten by the writer itself."""
    by_seq = {x['seq']: x for x in lines}
    newest_at = {}
    for x in lines:
        newest_at[x['offset']] = max(newest_at.get(x['offset'], 0), x['seq'])
    found, wrong, missing, unlogged = {}, [], [], 0
    with rbd.Image(ioctx, name, read_only=True) as image:
        size = image.size()
        limit = region_of(o, size) * BLOCK
        for base in range(0, limit, 1 << 22):
            chunk = image.read(base, min(1 << 22, limit - base))
            for at in range(0, len(chunk), BLOCK):
                data = chunk[at:at + BLOCK]
                head = parse(data)
                if not head or head[0] != run:
                    continue
                seq, offset = head[2], base + at
                found[offset] = head
                line = by_seq.get(seq)
                unlogged += line is None
                same = hashlib.sha256(data).hexdigest() == line['sha'] and offset == line['offset'] if line else \
                    data == block(run, name, seq, head[3])
                if not same or head[1] != name:
                    wrong.append(seq)
    for offset, seq in newest_at.items():
        if offset not in found or found[offset][2] < seq:
            missing.append(seq)
    acked = max(lines, key=lambda x: x['seq'], default=None)
    lost_from = min((by_seq[seq]['ack'] for seq in missing), default=None)
    last = max(found.values(), key=lambda h: h[2], default=None)
    found_at = last[3] / 1e6 if last else None
    loss = 0 if not missing else (max(0, (acked['at'] - found_at) / 1000) if last else None)
    return {'image': name, 'ackedSeq': acked and acked['seq'], 'ackedAt': acked and acked['at'],
            'foundSeq': last and last[2], 'foundAt': found_at, 'found': len(found), 'missing': len(missing),
            'missingSeqs': sorted(missing)[:20], 'unlogged': unlogged, 'identical': not wrong, 'wrongSeqs': wrong[:20],
            'lossSec': loss, 'lostFromAck': lost_from}


def verify(o):
    run, acked = read_log(o.log)
    if run is None:
        sys.exit('writer.py: no run in ' + o.log)
    cluster = connect(o)
    with cluster.open_ioctx(o.pool) as ioctx:
        for name in o.image:
            try:
                print(json.dumps(verify_image(o, ioctx, run, name, acked.get(name, []))))
            except rbd.Error as e:
                print(json.dumps({'image': name, 'error': str(e), 'errno': getattr(e, 'errno', None)}))
    cluster.shutdown()
    return 0


def size(text):
    return int(text[:-1]) * {'K': 1 << 10, 'M': 1 << 20, 'G': 1 << 30}[text[-1].upper()] if not text.isdigit() else int(text)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('verb', choices=('start', 'verify'))
    p.add_argument('--conf', required=True)
    p.add_argument('--user', default='admin')
    p.add_argument('--pool', required=True)
    p.add_argument('--image', action='append', required=True)
    p.add_argument('--log', required=True)
    p.add_argument('--interval-ms', type=float, default=100)
    p.add_argument('--op-timeout', type=float, default=0, help='end a write that hangs; else it waits for the cluster')
    p.add_argument('--region', type=size, default=32 << 20, help='the same for start and verify')
    p.add_argument('--grace', type=float, default=10, help='seconds that SIGTERM waits for the block in flight')
    o = p.parse_args()
    sys.exit({'start': start, 'verify': verify}[o.verb](o))


if __name__ == '__main__':
    main()
