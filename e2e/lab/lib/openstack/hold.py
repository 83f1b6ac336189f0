#!/usr/bin/python3
"""hold.py DIR SITE POOL/IMAGE [--exclusive]: a client that has an image open and writes to it each second, until it is ended.
`lab cloud hold` starts it, and `lab cloud free` ends it."""
import os
import signal
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import rbd  # noqa: E402

from sites import Site  # noqa: E402


def main():
    folder, site, spec = sys.argv[1:4]
    pool, name = spec.split('/')
    # Closed, not dropped: a watch that is dropped lasts for 30 s more.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with rbd.Image(Site(folder, site).io(pool), name) as image:
        if '--exclusive' in sys.argv:
            image.lock_acquire(rbd.RBD_LOCK_MODE_EXCLUSIVE)     # and is not given away to whoever asks for it
        print('open', flush=True)
        while True:
            image.write(b'.' * 4096, 0)
            image.flush()
            time.sleep(1)


if __name__ == '__main__':
    main()
