/**
 * The connection to the cluster: made when first needed, shared by all threads, made anew after what a connection does
 * not survive. Nobody is shut out while one thread waits: a session that is being replaced ends when its last user left.
 */
export const sessionPy = `
# ETIMEDOUT: a dead OSD or monitor. ENOTCONN: shut down. ESHUTDOWN: blocklisted (Ceph's EBLOCKLISTED).
GONE = (errno.ETIMEDOUT, errno.ENOTCONN, errno.ESHUTDOWN, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH)
RETRY_AFTER_SEC = 2


class Session(object):
    def __init__(self, cluster):
        self.cluster = cluster
        self.users = 0
        self.stale = False


class Sessions(object):
    def __init__(self, options):
        self.options = options
        self.lock = threading.Lock()
        self.connecting = threading.Lock()
        self.current = None
        self.failed = None

    def connect(self):
        o = self.options
        limit = str(o.get('timeoutSec', 5))
        conf = {'client_mount_timeout': limit, 'rados_mon_op_timeout': limit, 'rados_osd_op_timeout': limit,
                'log_to_stderr': 'false', 'err_to_stderr': 'false', 'log_file': '', 'admin_socket': ''}
        if o.get('keyring'):
            conf['keyring'] = o['keyring']
        try:
            cluster = rados.Rados(conffile=o['conf'], name='client.' + o['user'], conf=conf)
            cluster.connect()
        except Exception as error:
            code, text = described(error)
            raise Refused(code, 'no connection to the cluster: ' + text)
        return Session(cluster)

    def enter(self):
        with self.connecting:
            with self.lock:
                if self.current is not None and not self.current.stale:
                    self.current.users += 1
                    return self.current
                # Threads that queued here behind a failed attempt must not each wait out one of their own.
                if self.failed is not None and time.time() - self.failed[0] < RETRY_AFTER_SEC:
                    raise Refused(self.failed[1].errno, str(self.failed[1]))
            try:
                session = self.connect()
            except Refused as error:
                self.failed = (time.time(), error)
                raise
            for cache in CACHES:
                cache.clear()    # the cluster may be another one by now, rebuilt under the same name
            with self.lock:
                self.failed = None
                session.users = 1
                self.current = session
                return session

    def leave(self, session, error):
        with self.lock:
            session.users -= 1
            if error is not None and described(error)[0] in GONE:
                session.stale = True
            last = session.stale and session.users == 0
        if last:
            # In a thread of its own: ending a session with a dead cluster may take its time.
            thread = threading.Thread(target=session.cluster.shutdown)
            thread.daemon = True
            thread.start()


class World(object):
    """The cluster for the length of one question: pools by name and by id, opened once."""
    def __init__(self, cluster):
        self.cluster = cluster
        self.pools = {}

    def io(self, pool, namespace=''):
        key = (pool, namespace)
        if key not in self.pools:
            try:
                io = self.cluster.open_ioctx2(pool) if isinstance(pool, int) else self.cluster.open_ioctx(pool)
            except Exception as error:
                raise Refused(described(error)[0], 'pool %s cannot be opened: %s' % (pool, described(error)[1]))
            io.set_namespace(namespace)
            self.pools[key] = io
        return self.pools[key]

    def close(self):
        for io in self.pools.values():
            io.close()


def asking(sessions, answer, params):
    session = sessions.enter()
    world = World(session.cluster)
    failed = None
    try:
        return answer(world, params)
    except Exception as error:
        failed = error
        raise
    finally:
        world.close()
        sessions.leave(session, failed)


def now_ms():
    return int(time.time() * 1000)
`
