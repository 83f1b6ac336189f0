/**
 * Every image of a pool with what decides whether it can be mirrored: features, parent, clones. One round of small reads
 * an image, another for those with users' snapshots. A clone of the first kind is noted in its own pool's rbd_children,
 * and its parent's snapshot is protected; one of the second is counted in the snapshot itself (cls_rbd.cc, get_children;
 * cls_rbd_types.cc, SnapshotInfo). The users of the cluster are here too: read at the site so that no key is sent.
 */
export const poolImagesPy = `
def rbd_pools(world, namespace):
    """Pools in which images may be: clones may lie in any of them."""
    found = []
    for name in world.cluster.list_pools():
        io = world.io(name.decode() if isinstance(name, bytes) else name, namespace)
        if 'rbd' in io.application_list():
            found.append(io)
    return found


def clones_flow(world, key, ids, places):
    """How many clones the snapshots of an image have, of both kinds."""
    io = world.io(key[0], key[1])
    header = 'rbd_header.' + key[2]
    asked = [one for one in ids if SNAPSHOTS.get(key + (one,)) is None]    # a mirror snapshot has none
    if not asked:
        return 0
    answers = yield [snap_ask(io, header, one) for one in asked] + [
        execute(io, header, 'rbd', 'get_protection_status', struct.pack('<Q', one)) for one in asked]
    count = 0
    shielded = []
    for one, info, guard in zip(asked, answers, answers[len(asked):]):
        if -errno.ENOENT in (info[0], guard[0]):
            continue    # gone meanwhile, so nothing was cloned from it
        snap_take(key, one, info)
        count += snapshot_clones(need(info, 'snapshot %d of image %s' % (one, key[2])))
        if Reader(need(guard, 'snapshot %d of image %s' % (one, key[2]))).num('B'):
            shielded.append(one)
    if shielded:
        spec = struct.pack('<q', io.get_pool_id()) + packed(key[2])
        for answer in (yield [execute(place, 'rbd_children', 'rbd', 'get_children', spec + struct.pack('<Q', one), 1 << 16)
                              for one in shielded for place in places]):
            if answer[0] != -errno.ENOENT:
                count += Reader(need(answer, 'the clones of image ' + key[2])).num('I')
    return count


def pool_image_flow(world, key, name, mirrored, places):
    io = world.io(key[0], key[1])
    header = 'rbd_header.' + key[2]
    size, bits, parent, context = yield [
        execute(io, header, 'rbd', 'get_size', struct.pack('<Q', NOSNAP)),
        execute(io, header, 'rbd', 'get_features', struct.pack('<QB', NOSNAP, 1)),
        execute(io, header, 'rbd', 'parent_get'),
        execute(io, header, 'rbd', 'get_snapcontext')]
    what = 'image %s/%s' % (key[0], name)
    found = {'name': name, 'id': key[2], 'sizeBytes': struct.unpack_from('<Q', need(size, what), 1)[0],
             'features': features(need(bits, what)), 'children': None,
             'parent': (yield from parent_flow(world, io, header, need(parent, what))), 'mirrored': None}
    try:
        found['children'] = yield from clones_flow(world, key, snap_context(need(context, what)), places)
    except Refused as error:
        if error.errno in GONE:
            raise
    if mirrored is not None:
        found['mirrored'] = {'mode': mirrored['mode'], 'globalId': mirrored['globalId'], 'state': mirrored['state'],
                             'primary': (yield from role_flow(world, key, mirrored['mode']))}
    return found


def pool_images(world, params):
    at = now_ms()
    pool, namespace = params['pool'], params['namespace']
    io = world.io(pool, namespace)
    mirrored, names = run_flows([statuses_flow(io), names_flow(io)])
    for failed in (mirrored, names):
        if isinstance(failed, Exception):
            raise failed
    places = rbd_pools(world, namespace)
    ids = sorted(names, key=lambda one: names[one])
    images = []
    unread = []
    for found in run_flows([pool_image_flow(world, (pool, namespace, one), names[one], mirrored.get(one), places)
                            for one in ids]):
        if not isinstance(found, Exception):
            images.append(found)
        # Gone since it was listed: none. Anything else: a pool's list with a hole in it would be a lie.
        elif described(found)[0] != errno.ENOENT:
            unread.append(found)
    if unread:
        code, text = described(unread[0])
        raise Refused(code, '%d of %d images cannot be read: %s' % (len(unread), len(ids), text))
    return {'observedAt': at, 'images': images}


def cluster_users(world, params):
    code, out, said = world.cluster.mon_command(json.dumps({'prefix': 'auth ls', 'format': 'json'}), b'')
    if code:
        raise Refused(-code, 'the users cannot be listed: %s' % (said or os.strerror(-code)))
    return {'users': [{'entity': one['entity'], 'caps': one.get('caps', {})}
                      for one in json.loads(out.decode())['auth_dump']]}
`
