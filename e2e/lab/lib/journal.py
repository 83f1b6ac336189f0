"""The clients of an image's journal, as cls_journal keeps them; the rbd command shows their data only as a hex dump."""
import struct

import rados


class Reader:
    """Ceph's encoding: little endian; a struct begins with version, oldest reader's version and length."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def int(self, form):
        value, = struct.unpack_from('<' + form, self.data, self.at)
        self.at += struct.calcsize('<' + form)
        return value

    def bytes(self):
        size = self.int('I')
        self.at += size
        return self.data[self.at - size:self.at]

    def struct(self):
        self.at += 2
        return self.int('I') + self.at       # where it ends


def clients(ioctx, image_id):
    """[{id, peer, syncing}]; a peer is the other site's rbd-mirror (MirrorPeerClientMeta), syncing its first copying."""
    try:
        _, out = ioctx.execute(f'journal.{image_id}', 'journal', 'client_list', struct.pack('<IQ', 0, 64), 65536)
    except rados.Error:
        return []
    r, found = Reader(out), []
    for _ in range(r.int('I')):
        end = r.struct()
        name, data = r.bytes().decode(), Reader(r.bytes())
        peer = syncing = False
        if data.data:
            data.struct()
            if data.int('I') == 1:
                data.bytes()                 # the copy's image id
                peer, syncing = True, data.int('I') == 0
        found.append({'id': name, 'peer': peer, 'syncing': syncing})
        r.at = end
    return found
