/**
 * Images looked at directly, by the class methods that librbd itself uses (rbd_id.NAME, rbd_header.ID, rbd_mirroring).
 * The role is computed as librbd/mirror/GetInfoRequest.cc does: by the newest mirror snapshot, or by the journal's tag.
 */
export const imagesPy = `
SNAPSHOTS = {}   # (pool, namespace, image id, snap id) -> mirror snapshot or None: kept once it can change no more
UNSEEN = object()
CACHES.append(SNAPSHOTS)


def id_flow(io, spec):
    answer, = yield [read(io, 'rbd_id.' + spec['name'], 4096)]
    return Reader(need(answer, 'image %s/%s' % (spec['pool'], spec['name']))).text()


def snapshots_flow(io, key, only_newest, fresh):
    """Mirror snapshots, oldest first; with only_newest the newest alone. Starts over where one vanishes meanwhile."""
    header = 'rbd_header.' + key[2]
    for _ in range(4):
        answer, = yield [execute(io, header, 'rbd', 'get_snapcontext')]
        ids = snap_context(need(answer, 'the header of image ' + key[2]))
        try:
            if only_newest:
                return (yield from newest_flow(io, header, key, ids))
            got = {one: UNSEEN if fresh else SNAPSHOTS.get(key + (one,), UNSEEN) for one in ids}
            missing = [one for one in ids if got[one] is UNSEEN]
            if missing:
                answers = yield [snap_ask(io, header, one) for one in missing]
                got.update((one, snap_take(key, one, answer)) for one, answer in zip(missing, answers))
            return [got[one] for one in reversed(ids) if got[one] is not None]
        except Refused as error:
            if error.errno != errno.ENOENT:
                raise
    raise Refused(errno.EAGAIN, 'the snapshots of image %s changed while they were read' % key[2])


def newest_flow(io, header, key, ids):
    for one in ids:
        found = SNAPSHOTS.get(key + (one,), UNSEEN)
        if found is UNSEEN:
            answer, = yield [snap_ask(io, header, one)]
            found = snap_take(key, one, answer)
        if found is not None:
            return [found]
    return []


def snap_ask(io, header, one):
    return execute(io, header, 'rbd', 'snapshot_get', struct.pack('<Q', one))


def snap_take(key, one, answer):
    found = mirror_snapshot(need(answer, 'snapshot %d of image %s' % (one, key[2])))
    if found is None or found['complete']:
        remember(SNAPSHOTS, key + (one,), found)
    return found


def parent_flow(world, clone, header, data):
    pool_id, namespace, image_id = parent_spec(data)
    if pool_id < 0:
        return None
    io = world.io(pool_id, namespace)
    overlap, answer = yield [
        execute(clone, header, 'rbd', 'parent_overlap_get', struct.pack('<Q', NOSNAP)),
        execute(io, 'rbd_directory', 'rbd', 'dir_get_name', packed(image_id))]
    # A clone that was flattened keeps the parent of its snapshots in the header; its head hangs on nothing.
    if need(overlap, 'the parent of ' + header)[:1] == b'\\0':
        return None
    # A parent in the trash has no name there; its id is still better than to call the image parentless.
    name = image_id if answer[0] == -errno.ENOENT else Reader(need(answer, 'the parent ' + image_id)).text()
    pool = world.cluster.pool_reverse_lookup(pool_id)
    return {'pool': pool.decode() if isinstance(pool, bytes) else pool, 'namespace': namespace, 'name': name}


def journal_flow(world, key):
    io = world.io(key[0], key[1])
    next_tag, = yield [execute(io, 'journal.' + key[2], 'journal', 'get_next_tag_tid')]
    number = Reader(need(next_tag, 'the journal of image ' + key[2])).num('Q')
    tag = yield from newest_tag_flow(world, key[0], key[1], key[2], number)
    sample = yield from sample_flow(world, *key)
    return {'clients': sample['clients'], 'newestTag': tag, 'tail': sample['tail']}


def lineage_flow(world, spec):
    io = world.io(spec['pool'], spec['namespace'])
    image_id = yield from id_flow(io, spec)
    key = (spec['pool'], spec['namespace'], image_id)
    header = 'rbd_header.' + image_id
    size, bits, parent, mirroring = yield [
        execute(io, header, 'rbd', 'get_size', struct.pack('<Q', NOSNAP)),
        execute(io, header, 'rbd', 'get_features', struct.pack('<QB', NOSNAP, 1)),
        execute(io, header, 'rbd', 'parent_get'),
        execute(io, 'rbd_mirroring', 'rbd', 'mirror_image_get', packed(image_id))]
    what = 'image %s/%s' % (spec['pool'], spec['name'])
    found = {'name': spec['name'], 'id': image_id, 'snapshots': [], 'journal': None, 'mirroring': None,
             'sizeBytes': struct.unpack_from('<Q', need(size, what), 1)[0], 'features': features(need(bits, what)),
             'parent': (yield from parent_flow(world, io, header, need(parent, what)))}
    if mirroring[0] == -errno.ENOENT:
        return found
    mirror = mirror_image(Reader(need(mirroring, what)))
    if mirror['mode'] == 'snapshot':
        found['snapshots'] = yield from snapshots_flow(io, key, False, True)
        newest = found['snapshots'][-1] if found['snapshots'] else None
        mirror['primary'] = newest is not None and newest['state'] == 'primary'
    else:
        found['journal'] = yield from journal_flow(world, key)
        tag = found['journal']['newestTag']
        mirror['primary'] = tag is None or tag['mirrorUuid'] == ''
    found['mirroring'] = mirror
    return found


def marks_flow(world, spec):
    io = world.io(spec['pool'], spec['namespace'])
    image_id = yield from id_flow(io, spec)
    found = yield from snapshots_flow(io, (spec['pool'], spec['namespace'], image_id), False, False)
    overlap, = yield [execute(io, 'rbd_header.' + image_id, 'rbd', 'parent_overlap_get', struct.pack('<Q', NOSNAP))]
    marks = [{name: one[name] for name in ('id', 'complete', 'primarySnapId', 'state', 'takenAt')} for one in found]
    return {'marks': marks, 'isClone': need(overlap, 'the parent of image ' + image_id)[:1] != b'\\0'}


def user_snapshots_flow(io, image_id):
    """Names of the users' own snapshots, oldest first. Starts over where one vanishes meanwhile."""
    header = 'rbd_header.' + image_id
    for _ in range(4):
        answer, = yield [execute(io, header, 'rbd', 'get_snapcontext')]
        if answer[0] == -errno.ENOENT:
            # Its name was there a moment ago: that is not "no such image".
            raise Refused(errno.EAGAIN, 'image %s is being made or removed' % image_id)
        ids = snap_context(need(answer, 'the header of image ' + image_id))
        answers = (yield [snap_ask(io, header, one) for one in reversed(ids)]) if ids else []
        if all(code != -errno.ENOENT for code, _ in answers):
            names = [user_snapshot(need(one, 'a snapshot of image ' + image_id)) for one in answers]
            return [name for name in names if name is not None]
    raise Refused(errno.EAGAIN, 'the snapshots of image %s changed while they were read' % image_id)


def found_flow(world, spec):
    io = world.io(spec['pool'], spec['namespace'])
    image_id = yield from id_flow(io, spec)
    what = 'image %s/%s' % (spec['pool'], spec['name'])
    mirroring, bits = yield [
        execute(io, 'rbd_mirroring', 'rbd', 'mirror_image_get', packed(image_id)),
        execute(io, 'rbd_header.' + image_id, 'rbd', 'get_features', struct.pack('<QB', NOSNAP, 1))]
    global_id = None
    if mirroring[0] != -errno.ENOENT:
        global_id = mirror_image(Reader(need(mirroring, what)))['globalId']
    return {'id': image_id, 'globalId': global_id, 'features': features(need(bits, what)),
            'snapshots': (yield from user_snapshots_flow(io, image_id))}


def each(world, params, flow):
    at = now_ms()
    return {'observedAt': at, 'images': as_items(run_flows([guarded(world, spec, flow) for spec in params['images']]))}


def guarded(world, spec, flow):
    # A pool that is not there must spoil its own images alone, also where it shows before the first read.
    return (yield from flow(world, spec))


def images_lineage(world, params):
    return each(world, params, lineage_flow)


def snapshots_primary(world, params):
    return each(world, params, marks_flow)


def images_found(world, params):
    return each(world, params, found_flow)


def watchers_of(world, spec):
    # Only librbd lists watchers for Python. Read-only: it registers none of its own and takes no lock.
    with rbd.Image(world.io(spec['pool'], spec['namespace']), spec['name'], read_only=True) as image:
        return [{'clientId': str(one['id']), 'address': one['addr'], 'cookie': one['cookie']}
                for one in image.watchers_list()]


def images_watchers(world, params):
    at = now_ms()

    def one(spec):
        try:
            return watchers_of(world, spec)
        except Exception as error:
            return error
    for spec in params['images']:
        try:
            world.io(spec['pool'], spec['namespace'])
        except Refused:
            pass
    with ThreadPoolExecutor(6) as threads:
        return {'observedAt': at, 'images': as_items(list(threads.map(one, params['images'])))}
`
