/**
 * Many images at once over one connection: what is asked of one image is a generator ("flow") that yields rounds of
 * reads; the driver keeps a window of flows going with librados' asynchronous calls. Measured on the lab: 30 us of
 * processor time a read, against 2.5 ms for opening an image with librbd.
 */
export const flowsPy = `
WINDOW = 192
GIVE_UP_SEC = 40


class Refused(Exception):
    """What the cluster, or one image of it, answered with."""
    def __init__(self, errno_, message):
        Exception.__init__(self, message)
        self.errno = errno_


def execute(io, oid, cls, method, data=b'', room=4096):
    return ('execute', io, oid, cls, method, data, room)


def stat(io, oid):
    return ('stat', io, oid)


def read(io, oid, length, offset=0):
    return ('read', io, oid, length, offset)


def need(answer, what):
    """The data of an answer, or Refused in words."""
    code, data = answer
    if code < 0:
        raise Refused(-code, '%s: %s' % (what, os.strerror(-code)))
    return data


class Driver(object):
    def __init__(self):
        self.ready = queue.Queue()

    def start(self, ask, answers, place, left, number):
        def done(completion, *values):
            code = completion.get_return_value()
            if code == -errno.ERANGE and ask[0] == 'execute' and ask[6] < 1 << 22:
                # The answer was longer than the room given: again, with more. Not from here: this is librados' thread.
                self.ready.put((number, place, ask[:6] + (ask[6] * 16,)))
                return
            answers[place] = (code, values[0] if values else None)
            with LOCK:
                left[0] -= 1
                last = left[0] == 0
            if last:
                self.ready.put((number, None, None))
        io, oid = ask[1], ask[2]
        if ask[0] == 'execute':
            io.aio_execute(oid, ask[3], ask[4], ask[5], ask[6], done)
        elif ask[0] == 'stat':
            io.aio_stat(oid, done)
        else:
            io.aio_read(oid, ask[3], ask[4], done)

    def run(self, flows):
        """Results in the order of the flows; an exception stands for the flow that raised it."""
        results = [None] * len(flows)
        rounds = {}
        waiting = iter(range(len(flows)))

        def step(number, answers):
            """True where the flow goes on."""
            try:
                asks = flows[number].send(answers)
            except StopIteration as end:
                results[number] = end.value
                return False
            except Exception as error:
                results[number] = error
                return False
            state = ([None] * len(asks), [len(asks)])
            rounds[number] = state
            for place, ask in enumerate(asks):
                self.start(ask, state[0], place, state[1], number)
            return True

        def fill():
            while len(rounds) < WINDOW:
                number = next(waiting, None)
                if number is None:
                    return
                step(number, None)

        fill()
        while rounds:
            try:
                number, place, again = self.ready.get(timeout=GIVE_UP_SEC)
            except queue.Empty:
                raise Refused(errno.ETIMEDOUT, 'the cluster did not answer within %d s' % GIVE_UP_SEC)
            if again is not None:
                self.start(again, rounds[number][0], place, rounds[number][1], number)
                continue
            answers = rounds.pop(number)[0]
            step(number, answers)
            fill()
        return results


LOCK = threading.Lock()


def run_flows(flows):
    return Driver().run(flows)


def as_items(results):
    """Each image's own answer or error; what hits all alike (no connection, no time) is one error for the whole call."""
    items = []
    for result in results:
        if isinstance(result, Exception):
            code, text = described(result)
            items.append({'error': {'errno': code, 'message': text}})
        else:
            items.append({'ok': result})
    lost = [item for item in items if 'error' in item and item['error']['errno'] in GONE]
    if items and len(lost) == len(items):
        raise Refused(lost[0]['error']['errno'], lost[0]['error']['message'])
    return items


def described(error):
    code = getattr(error, 'errno', None)
    if isinstance(error, (struct.error, IndexError, UnicodeDecodeError)):
        return errno.EBADMSG, 'the answer made no sense: %s' % error
    return (abs(code) if isinstance(code, int) else errno.EIO), (str(error) or type(error).__name__)[:300]
`
