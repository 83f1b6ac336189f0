import { PART_LENGTH } from '@/lib/ports/helper-answer'
import { HELPER_PROTOCOL } from '@/lib/ports/helper-protocol'

/** The loop: one JSON a line in and out, each question in a thread of its own, so that a pool that hangs blocks nobody. */
export const mainPy = String.raw`
THREADS = 8
IDLE_SEC = 900    # behind ssh or kubectl the end of the asker is not always told: nobody asking is the end too
KINDS = {errno.ENOENT: 'missing', errno.EPERM: 'denied', errno.EACCES: 'denied', errno.EBADMSG: 'unreadable',
         errno.EOPNOTSUPP: 'unavailable', errno.EINTR: 'unreachable'}


def hello(params):
    return {'protocol': ${HELPER_PROTOCOL}, 'python': sys.version.split()[0],
            'librbd': '.'.join(str(part) for part in rbd.RBD().version()), 'now': now_ms(), 'pid': os.getpid()}


def process_find(params):
    wanted = ('ANTIPODE_ATTEMPT=' + params['attemptId']).encode()
    pids = []
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open('/proc/%s/environ' % name, 'rb') as environ:
                    if wanted in environ.read().split(b'\0'):
                        pids.append(int(name))
            except (IOError, OSError):
                pass
    return {'pids': pids}


ASKED = {'mirror.statuses': mirror_statuses, 'images.lineage': images_lineage, 'images.watchers': images_watchers,
         'journal.samples': journal_samples, 'snapshots.primary': snapshots_primary, 'images.found': images_found,
         'pool.images': pool_images, 'cluster.users': cluster_users, 'images.ties': images_ties,
         'mirror.daemons': mirror_daemons, 'mirror.uuid': mirror_uuid,
         'images.written': images_written, 'images.sampled': images_sampled}
ALONE = {'hello': hello, 'process.find': process_find, 'net.reach': net_reach}
WRITING = threading.Lock()
LAST = [time.time()]


def say(line):
    data = (json.dumps(line) + '\n').encode()
    with WRITING:
        try:
            os_write(data)
        except (IOError, OSError):
            os._exit(0)


def os_write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say_result(number, result):
    """A long list goes in parts, so that whoever reads it does other things in between."""
    for key in ('images', 'samples'):
        items = result.get(key, ())
        while len(items) > ${PART_LENGTH}:
            say({'id': number, 'part': {key: items[:${PART_LENGTH}]}})
            items = items[${PART_LENGTH}:]
            result = dict(result, **{key: items})
    say({'id': number, 'result': result})


def kind_of(code):
    return 'unreachable' if code in GONE else KINDS.get(code, 'refused')


def serve(sessions, request):
    number = request.get('id')
    try:
        method, params = request['method'], request['params']
        if method in ALONE:
            result = ALONE[method](params)
        elif method in ASKED:
            result = asking(sessions, ASKED[method], params)
        else:
            raise Refused(errno.EOPNOTSUPP, 'the helper knows no method ' + str(method))
        say_result(number, result)
    except Exception as error:
        code, text = described(error)
        say({'id': number, 'error': {'kind': kind_of(code), 'message': text, 'errno': code}})
    finally:
        LAST[0] = time.time()


def watch():
    while True:
        time.sleep(30)
        if time.time() - LAST[0] > IDLE_SEC:
            os._exit(0)


def main():
    sessions = Sessions(json.loads(sys.stdin.buffer.readline().decode()))
    watcher = threading.Thread(target=watch)
    watcher.daemon = True
    watcher.start()
    threads = ThreadPoolExecutor(THREADS)
    while True:
        line = sys.stdin.buffer.readline()
        if not line:
            os._exit(0)
        request = json.loads(line.decode())
        LAST[0] = time.time()
        if request.get('method') == 'hello':
            serve(sessions, request)    # here, in the main thread: tells a helper that lives from one that hangs
        elif request.get('method') in ALONE:
            aside(serve, sessions, request)    # what needs no cluster waits for nobody who hangs on one
        else:
            threads.submit(serve, sessions, request)


main()
`
