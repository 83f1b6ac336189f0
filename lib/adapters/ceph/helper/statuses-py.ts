/**
 * All mirrored images of a pool. The statuses come from librbd's batch call (0.5 ms for 100 images); modes from one
 * listing of rbd_mirroring; roles from one small read an image, because librbd's own batch call for them
 * (mirror_image_info_list) costs ten times that, and what rbd-mirror publishes is up to 30 s old.
 */
export const statusesPy = `
STATES = {getattr(rbd, name): name[len('MIRROR_IMAGE_STATUS_STATE_'):].lower()
          for name in dir(rbd) if name.startswith('MIRROR_IMAGE_STATUS_STATE_')}
TAGS = {}    # (pool, namespace, image id) -> (next tag, owner of the newest)
CACHES.append(TAGS)


def site_status(raw):
    updated = raw.get('last_update')
    at = calendar.timegm(updated.timetuple()) * 1000 if updated is not None else 0
    return {'up': bool(raw['up']), 'state': STATES.get(raw['state'], 'unknown'), 'description': raw['description'],
            'lastUpdateAt': at if at > 0 else None}


def mirrored(io):
    """Image id -> mode, state and global id, from the pool's rbd_mirroring object."""
    found = {}
    after = ''
    while True:
        with rados.ReadOpCtx() as op:
            values, code = io.get_omap_vals(op, after, 'image_', 1024)
            try:
                io.operate_read_op(op, 'rbd_mirroring')
                page = list(values)
            except rados.ObjectNotFound:
                return found
        for name, data in page:
            found[name[len('image_'):]] = mirror_image(data)
            after = name
        if len(page) < 1024:
            return found


def role_flow(world, key, mode):
    io = world.io(key[0], key[1])
    if mode == 'snapshot':
        newest = yield from snapshots_flow(io, key, True, False)
        return bool(newest) and newest[0]['state'] == 'primary'
    answer, = yield [execute(io, 'journal.' + key[2], 'journal', 'get_next_tag_tid')]
    number = Reader(need(answer, 'the journal of image ' + key[2])).num('Q')
    seen = TAGS.get(key)
    if seen is None or seen[0] != number:
        tag = yield from newest_tag_flow(world, key[0], key[1], key[2], number)
        seen = (number, '' if tag is None else tag['mirrorUuid'])
        remember(TAGS, key, seen)
    return seen[1] == ''


def mirror_statuses(world, params):
    at = now_ms()
    pool, namespace = params['pool'], params['namespace']
    io = world.io(pool, namespace)
    modes = mirrored(io)
    try:
        rows = [row for row in rbd.RBD().mirror_image_status_list(io) if row['id'] in modes] if modes else []
    except rbd.Error as error:
        raise Refused(described(error)[0], described(error)[1])
    flows = [role_flow(world, (pool, namespace, row['id']), modes[row['id']]['mode']) for row in rows]
    images = []
    unread = []
    for row, role in zip(rows, run_flows(flows)):
        if isinstance(role, Exception):
            # Gone since it was listed: no row. Anything else: its role is not known, and a guess is not an answer.
            if described(role)[0] != errno.ENOENT:
                unread.append(role)
            continue
        known = modes[row['id']]
        images.append({'name': row['name'], 'id': row['id'], 'globalId': known['globalId'], 'mode': known['mode'],
                       'state': known['state'], 'primary': role, 'local': site_status(row),
                       'remote': [dict(site_status(one), mirrorUuid=one['mirror_uuid'])
                                  for one in row.get('remote_statuses', [])]})
    if unread:
        code, text = described(unread[0])
        raise Refused(code, '%d of %d images cannot be read: %s' % (len(unread), len(rows), text))
    return {'observedAt': at, 'images': images}
`
