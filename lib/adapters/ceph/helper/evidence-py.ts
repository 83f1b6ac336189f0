/**
 * What tells two histories of an image apart. Sources: librbd/object_map/DiffRequest.cc (what the maps of the snapshots
 * since a point say), common/bit_vector.hpp, librbd/journal/Types.h (ClientData, EventEntry), journal/Entry.cc.
 */
export const evidencePy = `
MARKED, UNUSABLE = 0x18, 3    # features object-map and fast-diff; flags of a map that must not be believed
DIRTY = bytes(sum(((byte >> 2 * (3 - place) & 3) in (1, 2)) << place for place in range(4)) for byte in range(256))
THERE = bytes(sum(((byte >> 2 * (3 - place) & 3) != 0) << place for place in range(4)) for byte in range(256))
WRITES = (0, 1, 16, 17)    # discard, write, write same, compare and write: each begins with offset and length
JOURNAL_READ = 1 << 22


def nibbles(data, table):
    """One bit an object, at the end of four bits a byte of the map."""
    return int.from_bytes(data.translate(table), 'little')


def object_states(data):
    outer = Reader(data)
    count = Reader(outer.blob()).framed()[1].num('Q')
    return outer.data[outer.at:outer.at + (count + 3) // 4]


def touched(maps):
    """Objects that were written or vanished after the first of these maps, oldest first."""
    before = nibbles(maps[0], THERE)
    changed = 0
    for one in maps[1:]:
        there = nibbles(one, THERE)
        changed |= nibbles(one, DIRTY) | (before ^ there)
        before = there
    return bin(changed).count('1')


def since_snapshot(io, image_id, bits, snap, size, budget):
    header = 'rbd_header.' + image_id
    if bits & MARKED != MARKED:
        return {'unknown': 'the image lacks the features object-map and fast-diff: what was written is not marked'}
    answer, = yield [execute(io, header, 'rbd', 'get_snapcontext')]
    ids = snap_context(need(answer, 'the header of image ' + image_id))
    if snap not in ids:
        return {'unknown': 'snapshot %d is not there any more' % snap}
    wanted = sorted(one for one in ids if one >= snap) + [NOSNAP]
    if len(wanted) * size // 4 > budget:
        return {'unknown': 'its object maps are larger than what may be read'}
    name = 'rbd_object_map.' + image_id
    flags = yield [execute(io, header, 'rbd', 'get_flags', struct.pack('<Q', one)) for one in wanted]
    # The map of the point itself only says what was there then.
    if any(Reader(need(one, 'the flags of image ' + image_id)).num('Q') & UNUSABLE for one in flags):
        return {'unknown': 'its object map is flagged as invalid: "rbd object-map rebuild" mends that'}
    maps = yield [execute(io, name if one == NOSNAP else '%s.%016x' % (name, one), 'rbd', 'object_map_load')
                  for one in wanted]
    return {'objects': touched([object_states(need(one, 'the object map of image ' + image_id)) for one in maps]),
            'complete': True}


def own_term_flow(io, image_id):
    """The first tag of the newest run of tags that the image wrote itself, None where it never did."""
    oid = 'journal.' + image_id
    answer, = yield [execute(io, oid, 'journal', 'get_next_tag_tid')]
    first = None
    for number in range(Reader(need(answer, 'the journal of image ' + image_id)).num('Q') - 1, -1, -1):
        answer, = yield [execute(io, oid, 'journal', 'get_tag', struct.pack('<Q', number))]
        if answer[0] == -errno.ENOENT:
            break    # tags that no reader needs any more are trimmed, oldest first
        owner = journal_tag(need(answer, 'tag %d of image %s' % (number, image_id)))['mirrorUuid']
        if owner == '':
            first = number
        elif first is not None or owner != '<orphan>':
            break
    return first


def entries_of(data):
    """Whole entries at the start of data as (tag, entry, payload), and how many bytes they take."""
    found, at = [], 0
    while at + ENTRY_FIXED <= len(data) and data[at:at + 8] == PREAMBLE:
        entry, tag, size = struct.unpack_from('<QQI', data, at + 9)
        if at + ENTRY_FIXED + size > len(data):
            break
        found.append((tag, entry, data[at + ENTRY_HEAD:at + ENTRY_HEAD + size]))
        at += ENTRY_FIXED + size
    return found, at


def objects_of(payload, object_bytes, into):
    body = Reader(payload).framed()[1]
    if body.num('I') in WRITES:
        offset, length = body.num('Q'), body.num('Q')
        if length:
            into.update(range(offset // object_bytes, (offset + length - 1) // object_bytes + 1))


def since_place(world, key, place, object_bytes, until, budget):
    io = world.io(key[0], key[1])
    first = yield from own_term_flow(io, key[2])
    if first is None:
        return {'objects': 0, 'complete': True}
    shape = yield from fixed(world, *key)
    oid = 'journal.' + key[2]
    ends = yield [execute(io, oid, 'journal', 'get_minimum_set'), execute(io, oid, 'journal', 'get_active_set')]
    low, high = [Reader(need(one, 'the journal of image ' + key[2])).num('Q') for one in ends]
    data_io = world.io(shape[1], key[1])
    seen, left = set(), budget
    for number in range(high, low - 1, -1):
        older = True    # nothing of this set lies past the place: then no earlier set does
        for name in objects(key, shape, number):
            at, rest = 0, b''
            while True:
                if left <= 0 or time.time() > until:
                    return {'objects': len(seen), 'complete': False}
                answer, = yield [read(data_io, name, JOURNAL_READ, at)]
                if answer[0] == -errno.ENOENT:
                    break
                piece = need(answer, name) or b''
                at, left = at + len(piece), left - len(piece)
                found, used = entries_of(rest + piece)
                rest = (rest + piece)[used:]
                for tag, entry, payload in found:
                    if tag >= first and (place is None or (tag, entry) > place):
                        older = False
                        objects_of(payload, object_bytes, seen)
                if len(piece) < JOURNAL_READ:
                    break
        if older and number < high:
            break
    # Sets are trimmed once every reader has them: with the first of the term gone, what was in them is not known.
    lost = low > 0 and place is None
    return {'objects': len(seen), 'complete': not lost}


def written_flow(world, spec, until, budget):
    io = world.io(spec['pool'], spec['namespace'])
    image_id = yield from id_flow(io, spec)
    header = 'rbd_header.' + image_id
    what = 'image %s/%s' % (spec['pool'], spec['name'])
    size, bits, stamp = yield [
        execute(io, header, 'rbd', 'get_size', struct.pack('<Q', NOSNAP)),
        execute(io, header, 'rbd', 'get_features', struct.pack('<QB', NOSNAP, 1)),
        execute(io, header, 'rbd', 'get_modify_timestamp')]
    order, length = struct.unpack_from('<BQ', need(size, what))
    bits = Reader(need(bits, what)).num('Q')
    seconds, nanos = struct.unpack_from('<II', stamp[1]) if stamp[0] >= 0 and len(stamp[1]) >= 8 else (0, 0)
    since = spec['since']
    if since['kind'] == 'snapshot':
        written = yield from since_snapshot(io, image_id, bits, since['id'], -(-length >> order), budget)
    elif since['kind'] == 'journal':
        place = since['position'] and (since['position']['tag'], since['position']['entry'])
        key = (spec['pool'], spec['namespace'], image_id)
        written = yield from since_place(world, key, place, 1 << order, until, budget)
    else:
        written = {'unknown': 'not asked'}
    return {'id': image_id, 'sizeBytes': length, 'objectBytes': 1 << order, 'written': written,
            'modifiedAt': seconds * 1000 + nanos // 1000000 if seconds else None}


def images_written(world, params):
    until = time.time() + params['budgetMs'] / 1000.0
    return each(world, params, lambda world, spec: written_flow(world, spec, until, params['budgetBytes']))


def resync_flow(world, spec):
    """Is a resync flagged? In a journal by its own client's data, else by image-meta under the site's mirror uuid."""
    io = world.io(spec['pool'], spec['namespace'])
    image_id = yield from id_flow(io, spec)
    meta, clients = yield [
        execute(io, 'rbd_header.' + image_id, 'rbd', 'metadata_list', packed('.rbd_mirror.') + struct.pack('<Q', 8)),
        execute(io, 'journal.' + image_id, 'journal', 'get_client', packed(''))]
    body = Reader(need(meta, 'image %s/%s' % (spec['pool'], spec['name'])))
    pairs = [(body.text(), body.text()) for _ in range(body.num('I'))]
    asked = any(name.startswith('.rbd_mirror.') and json.loads(text).get('resync_requested') for name, text in pairs)
    if clients[0] >= 0:
        one = Reader(clients[1]).framed()[1]
        one.text()
        data = Reader(one.blob()).framed()[1]
        asked = asked or (data.num('I') == 0 and data.num('Q') is not None and data.num('B') != 0)
    elif clients[0] != -errno.ENOENT:
        need(clients, 'the journal of image ' + image_id)
    return {'id': image_id, 'resyncRequested': bool(asked)}


def in_threads(world, params, answer):
    """With librbd, some images side by side: pools are opened before, since a world is not made for threads."""
    def one(spec):
        try:
            return answer(spec)
        except Exception as error:
            return error
    for spec in params['images']:
        try:
            world.io(spec['pool'], spec['namespace'])
        except Refused:
            pass
    with ThreadPoolExecutor(6) as threads:
        return list(threads.map(one, params['images']))


def children_of(world, spec):
    with rbd.Image(world.io(spec['pool'], spec['namespace']), spec['name'], read_only=True) as image:
        return ['/'.join(part for part in (one['pool'], one.get('pool_namespace', ''), one['image']) if part)
                for one in image.list_children2()]


def images_ties(world, params):
    at = now_ms()
    flags = run_flows([guarded(world, spec, resync_flow) for spec in params['images']])
    children = in_threads(world, params, lambda spec: children_of(world, spec))
    both = [next((one for one in pair if isinstance(one, Exception)), None) or dict(pair[0], children=pair[1])
            for pair in zip(flags, children)]
    return {'observedAt': at, 'images': as_items(both)}


def sampled_of(world, spec, size, until):
    with rbd.Image(world.io(spec['pool'], spec['namespace']), spec['name'], read_only=True) as image:
        if spec['snapId'] is not None:
            image.set_snap_by_id(spec['snapId'])
        end = image.size()
        hashes = []
        for offset in spec['offsets']:
            length = min(size, end - offset)
            late = time.time() > until
            data = None if late else image.read(offset, length) if length > 0 else b''
            hashes.append(None if data is None else hashlib.sha256(data).hexdigest())
        return {'id': image.id(), 'hashes': hashes}


def images_sampled(world, params):
    at = now_ms()
    until = time.time() + params['budgetMs'] / 1000.0
    found = in_threads(world, params, lambda spec: sampled_of(world, spec, params['pieceBytes'], until))
    return {'observedAt': at, 'images': as_items(found)}
`
