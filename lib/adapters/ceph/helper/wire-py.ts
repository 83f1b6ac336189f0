/**
 * Decoding of what the OSDs' object classes answer (Python 3.6, as old cephadm images have it).
 * Sources: cls/rbd/cls_rbd_types.cc (SnapshotInfo, MirrorSnapshotNamespace, MirrorImage, ParentImageSpec),
 * cls/journal/cls_journal_types.h (Client, Tag), librbd/journal/Types.h (TagData), journal/Entry.cc.
 * Later releases only append fields inside each length-framed struct, so known prefixes are read and the rest skipped.
 */
export const wirePy = `
NOSNAP = 2 ** 64 - 2
SNAPSHOT_STATES = ('primary', 'primary_demoted', 'non_primary', 'non_primary_demoted')
MIRROR_STATES = ('disabling', 'enabled', 'disabled', 'creating')
FEATURES = ('layering', 'striping', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten', 'journaling',
            'data-pool', 'operations', 'migrating', 'non-primary', 'dirty-cache')


class Reader(object):
    def __init__(self, data):
        self.data = data
        self.at = 0

    def num(self, form):
        value, = struct.unpack_from('<' + form, self.data, self.at)
        self.at += struct.calcsize('<' + form)
        return value

    def blob(self):
        size = self.num('I')
        if self.at + size > len(self.data):
            raise struct.error('a field ends past the answer')
        value = self.data[self.at:self.at + size]
        self.at += size
        return value

    def text(self):
        return self.blob().decode('utf-8', 'replace')

    def framed(self):
        """A versioned struct: its version and a reader of its body alone."""
        version = self.num('B')
        self.num('B')
        return version, Reader(self.blob())


def packed(value):
    data = value.encode()
    return struct.pack('<I', len(data)) + data


def user_snapshot(data):
    """The name in a SnapshotInfo, None where it is not one that a user made."""
    body = Reader(data).framed()[1]
    body.num('Q')
    kind = body.framed()[1].num('I')
    return body.text() if kind == 0 else None


def snapshot_clones(data):
    """How many clones of the second kind a SnapshotInfo counts."""
    body = Reader(data).framed()[1]
    body.num('Q')
    body.framed()
    body.text()
    body.num('Q')
    body.num('Q')
    return body.num('I')


def mirror_snapshot(data):
    """The mirror snapshot in a SnapshotInfo, None where it is one of another kind (the user's, a group's, trash)."""
    body = Reader(data).framed()[1]
    snap_id = body.num('Q')
    space = body.framed()[1]
    if space.num('I') != 3:
        return None
    state = SNAPSHOT_STATES[space.num('B')]
    complete = bool(space.num('B'))
    peers = [space.text() for _ in range(space.num('I'))]
    primary_uuid = space.text()
    # At a primary this field is "clean since", not the id of anybody's snapshot.
    primary_snap = space.num('Q') if state.startswith('non_primary') else NOSNAP
    body.text()
    body.num('Q')
    seconds, nanos = body.num('I'), body.num('I')
    return {'id': snap_id, 'state': state, 'complete': complete, 'peerUuids': peers,
            'primaryMirrorUuid': primary_uuid, 'primarySnapId': None if primary_snap >= NOSNAP else primary_snap,
            'takenAt': seconds * 1000 + nanos // 1000000}


def snap_context(data):
    """Ids of all snapshots, newest first."""
    body = Reader(data)
    body.num('Q')
    return [body.num('Q') for _ in range(body.num('I'))]


def mirror_image(outer):
    version, body = outer.framed()
    found = {'globalId': body.text(), 'state': MIRROR_STATES[body.num('B')]}
    found['mode'] = ('journal', 'snapshot')[body.num('B')] if version >= 2 else 'journal'
    return found


def parent_spec(data):
    body = Reader(data).framed()[1]
    return body.num('q'), body.text(), body.text()


def features(data):
    bits = Reader(data).num('Q')
    return [name for place, name in enumerate(FEATURES) if bits >> place & 1]


def journal_clients(data):
    body = Reader(data)
    clients = []
    for _ in range(body.num('I')):
        one = body.framed()[1]
        name = one.text()
        filled = filled_image(one.blob())
        places = one.framed()[1]
        seen = []
        for _ in range(places.num('I')):
            place = places.framed()[1]
            place.num('Q')
            seen.append((place.num('Q'), place.num('Q')))
        clients.append({'id': name, 'state': 'disconnected' if one.num('B') else 'connected',
                        'position': position(max(seen)) if seen else None, 'filled': filled})
    return clients


def filled_image(data):
    """Of a peer's registration: its image, where that was copied in full from here; see librbd/journal/Types.h."""
    if not data:
        return None
    meta = Reader(data).framed()[1]
    if meta.num('I') != 1:
        return None
    image_id, state, objects = meta.text(), meta.num('I'), meta.num('Q')
    return image_id if state == 1 and objects > 0 else None


def journal_tag(data):
    body = Reader(data).framed()[1]
    number = body.num('Q')
    body.num('Q')
    data = Reader(body.blob())
    return {'id': number, 'mirrorUuid': data.text(), 'before': data.text()}


def position(place):
    return None if place is None else {'tag': place[0], 'entry': place[1]}
`
