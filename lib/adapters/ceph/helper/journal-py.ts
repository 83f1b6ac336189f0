/**
 * Journals without librbd: the header object journal.ID answers by class methods, the entries lie in
 * journal_data.POOL.ID.N, striped over 'splay width' objects a set. Sources: journal/JournalMetadata.cc,
 * journal/JournalRecorder.cc (a set is closed, its appends waited for, before the next becomes active).
 */
export const journalPy = `
TAIL_BYTES = 34 * 1024
FIXED = {}     # (pool, namespace, image id) -> (splay width, data pool, pool id, order): these never change
ACTIVE = {}    # -> active set seen last, so that its objects can be looked at in the same round
CLOSED = {}    # -> (active set, newest entry of the set before it): a closed set changes no more
ENTRIES = {}   # (pool, namespace, object) -> (size, newest entry)
CACHES = [FIXED, ACTIVE, CLOSED, ENTRIES]
CACHE_MAX = 400000


def remember(cache, key, value):
    if len(cache) > CACHE_MAX:
        cache.clear()
    cache[key] = value


def fixed(world, pool, namespace, image_id):
    key = (pool, namespace, image_id)
    shape = FIXED.get(key)
    if shape is None:
        io = world.io(pool, namespace)
        oid = 'journal.' + image_id
        splay, data_pool, order = yield [execute(io, oid, 'journal', 'get_splay_width'),
                                         execute(io, oid, 'journal', 'get_pool_id'),
                                         execute(io, oid, 'journal', 'get_order')]
        what = 'the journal of image %s' % image_id
        width = Reader(need(splay, what)).num('B')
        other = Reader(need(data_pool, what)).num('q')
        shape = (width, pool if other < 0 else other, io.get_pool_id(), Reader(need(order, what)).num('B'))
        remember(FIXED, key, shape)
    return shape


def objects(key, shape, number):
    """Names of a set's objects. They carry the id of the pool of the header, wherever they lie."""
    return ['journal_data.%d.%s.%d' % (shape[2], key[2], number * shape[0] + place) for place in range(shape[0])]


def newest_of(io, key, names, stats):
    """The newest entry of a set; (tag, entry) or None where the set is empty or gone."""
    best = None
    asks = []
    for name, (code, size) in zip(names, stats):
        if code == -errno.ENOENT or (code >= 0 and size == 0):
            continue
        need((code, size), name)
        seen = ENTRIES.get((key[0], key[1], name))
        if seen is not None and seen[0] == size:
            best = max(best or seen[1], seen[1])
        else:
            asks.append((name, size, TAIL_BYTES))
    while asks:
        answers = yield [read(io, name, min(size, room), max(0, size - room)) for name, size, room in asks]
        again = []
        for (name, size, room), answer in zip(asks, answers):
            if answer[0] == -errno.ENOENT:
                continue
            entry = last_entry(need(answer, name) or b'')
            if entry is not None:
                remember(ENTRIES, (key[0], key[1], name), (size, entry))
                best = max(best or entry, entry)
            elif room < size:
                # An entry larger than the tail: rbd_journal_max_payload_bytes was raised.
                again.append((name, size, room * 16))
            else:
                raise Refused(errno.EBADMSG, 'the end of %s is no journal entry' % name)
        asks = again
    return best


def tail_flow(world, key, active, hint, stats):
    """The newest entry appended. The set before the active one counts too: its last appends may be the newer ones."""
    shape = yield from fixed(world, *key)
    io = world.io(shape[1], key[1])
    if hint != active:
        stats = yield [stat(io, name) for name in objects(key, shape, active)]
    best = yield from newest_of(io, key, objects(key, shape, active), stats)
    closed = CLOSED.get(key)
    if active > 0 and (closed is None or closed[0] != active or best is None):
        names = objects(key, shape, active - 1)
        before = yield [stat(io, name) for name in names]
        closed = (active, (yield from newest_of(io, key, names, before)))
        remember(CLOSED, key, closed)
    remember(ACTIVE, key, active)
    earlier = closed[1] if active > 0 and closed is not None else None
    return max([place for place in (best, earlier) if place is not None] or [None])


def kept_bytes(shape, minimum, active, stats):
    """
    What the journal keeps, at most. Sets below the minimum are removed, which waits for every reader (JournalTrimmer.cc);
    a set is closed when one of its objects is full, so a closed one is counted as if all were.
    """
    sizes = [size for code, size in stats if code >= 0]
    return (active - minimum) * shape[0] * (1 << shape[3]) + sum(sizes)


def sample_flow(world, pool, namespace, image_id):
    key = (pool, namespace, image_id)
    # Before anything is read: what was acknowledged by now lies at or before the tail that will be found.
    at = now_ms()
    io = world.io(pool, namespace)
    oid = 'journal.' + image_id
    shape = yield from fixed(world, *key)
    hint = ACTIVE.get(key)
    asks = [execute(io, oid, 'journal', 'client_list', packed('') + struct.pack('<Q', 256)),
            execute(io, oid, 'journal', 'get_active_set'),
            execute(io, oid, 'journal', 'get_minimum_set')]
    if hint is not None:
        asks += [stat(world.io(shape[1], namespace), name) for name in objects(key, shape, hint)]
    answers = yield asks
    what = 'the journal of image %s' % image_id
    clients = journal_clients(need(answers[0], what))
    active = Reader(need(answers[1], what)).num('Q')
    minimum = Reader(need(answers[2], what)).num('Q')
    stats = answers[3:]
    tail = yield from tail_flow(world, key, active, hint, stats)
    # The sizes at hand are of another set where a new one has become active since: then the next sample knows.
    kept = kept_bytes(shape, minimum, active, stats) if hint == active else None
    return {'imageId': image_id, 'at': at, 'tail': position(tail), 'keptBytes': kept, 'clients': clients}


def newest_tag_flow(world, pool, namespace, image_id, next_tag):
    """Tags of an image's journal are all of one class and numbered on, so the newest is the one before the next."""
    if next_tag == 0:
        return None
    io = world.io(pool, namespace)
    answer, = yield [execute(io, 'journal.' + image_id, 'journal', 'get_tag', struct.pack('<Q', next_tag - 1))]
    return journal_tag(need(answer, 'the newest tag of the journal of image %s' % image_id))


def journal_samples(world, params):
    flows = [sample_flow(world, params['pool'], params['namespace'], one) for one in params['imageIds']]
    items = as_items(run_flows(flows))
    for item in items:
        if 'ok' in item:
            for client in item['ok']['clients']:
                client.pop('state')
                client.pop('filled')
    return {'samples': items}
`
