/**
 * All mirrored images of a pool, by the class methods that librbd uses: statuses and modes of rbd_mirroring 512 at a time,
 * names of rbd_directory, and one small read an image for its role. Not by librbd's batch calls: its
 * mirror_image_status_list puts "status not found" in place of the description of every image in state unknown (which
 * is each demoted one; librbd/api/Mirror.cc, seen on 16.2.15), and mirror_image_info_list costs ten times as much.
 */
export const statusesPy = `
STATES = ('unknown', 'error', 'syncing', 'starting_replay', 'replaying', 'stopping_replay', 'stopped')
NO_STATUS = {'up': False, 'state': 'unknown', 'description': 'status not found', 'lastUpdateAt': None}
PAGE = 512
TAGS = {}    # (pool, namespace, image id) -> (next tag, owner of the newest)
CACHES.append(TAGS)


def site_status(body):
    state, description = body.num('B'), body.text()
    seconds, nanos = body.num('I'), body.num('I')
    at = seconds * 1000 + nanos // 1000000
    return {'up': bool(body.num('B')), 'state': STATES[state] if state < len(STATES) else 'unknown',
            'description': description, 'lastUpdateAt': at if seconds else None}


def image_status(body):
    """What this site's daemon and the peers' daemons wrote of one image (cls_rbd_types.cc, MirrorImageStatus)."""
    version, body = body.framed()
    local = site_status(body)
    if version < 2:
        return local, []
    there = body.num('B')
    remote = []
    for _ in range(body.num('I')):
        uuid = body.text()
        remote.append(dict(site_status(body), mirrorUuid=uuid))
    return (local if there else NO_STATUS), remote


def statuses_flow(io):
    """Image id -> mode, state, global id, and both sides' statuses."""
    found = {}
    after = ''
    while True:
        ask = packed(after) + struct.pack('<Q', PAGE)
        answer, = yield [execute(io, 'rbd_mirroring', 'rbd', 'mirror_image_status_list', ask, 1 << 20)]
        if answer[0] == -errno.ENOENT:
            return found
        body = Reader(need(answer, 'the statuses of the pool'))
        page = []
        for _ in range(body.num('I')):
            page.append(body.text())
            found[page[-1]] = mirror_image(body)
            found[page[-1]].update({'local': NO_STATUS, 'remote': []})
        for _ in range(body.num('I')):
            name = body.text()
            local, remote = image_status(body)
            found[name].update({'local': local, 'remote': remote})
        if len(page) < PAGE:
            return found
        after = page[-1]


def names_flow(io):
    """Image id -> name, of all images of the pool."""
    found = {}
    after = ''
    while True:
        ask = packed(after) + struct.pack('<Q', PAGE)
        answer, = yield [execute(io, 'rbd_directory', 'rbd', 'dir_list', ask, 1 << 16)]
        if answer[0] == -errno.ENOENT:
            return found
        body = Reader(need(answer, 'the images of the pool'))
        count = body.num('I')
        for _ in range(count):
            after = body.text()
            found[body.text()] = after
        if count < PAGE:
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
    mirrored, names = run_flows([statuses_flow(io), names_flow(io)])
    for failed in (mirrored, names):
        if isinstance(failed, Exception):
            raise failed
    # An image without a name is being made or removed: it is none yet, or none any more.
    ids = [one for one in mirrored if one in names]
    roles = run_flows([role_flow(world, (pool, namespace, one), mirrored[one]['mode']) for one in ids])
    images = []
    unread = []
    for one, role in zip(ids, roles):
        if not isinstance(role, Exception):
            images.append(dict(mirrored[one], id=one, name=names[one], primary=role))
        # Gone since it was listed: no row. Anything else: its role is not known, and a guess is not an answer.
        elif described(role)[0] != errno.ENOENT:
            unread.append(role)
    if unread:
        code, text = described(unread[0])
        raise Refused(code, '%d of %d images cannot be read: %s' % (len(unread), len(ids), text))
    return {'observedAt': at, 'images': images}
`
