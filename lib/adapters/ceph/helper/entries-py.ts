/**
 * The newest entry in the tail of a journal object. An entry is: preamble u64, version u8, entry u64, tag u64, length
 * u32, data, crc32c u32 (journal/Entry.cc). Entries are appended whole, so the newest one ends where the object ends:
 * a preamble inside a tenant's data (Ceph on Ceph has them) is told apart by that, and by the checksum where two fit.
 */
export const entriesPy = `
PREAMBLE = struct.pack('<Q', 0x3141592653589793)
ENTRY_HEAD = 29
ENTRY_FIXED = 33
CRC = []
for _n in range(256):
    for _ in range(8):
        _n = _n >> 1 ^ 0x82f63b78 if _n & 1 else _n >> 1
    CRC.append(_n)


def crc32c(data):
    # As bufferlist::crc32c(0) has it: no inversion before, none after.
    value = 0
    for byte in data:
        value = CRC[(value ^ byte) & 255] ^ value >> 8
    return value


def last_entry(tail):
    """(tag, entry) of the newest entry of an object of which 'tail' is the end; None where no whole entry is in it."""
    fitting = []
    at = tail.rfind(PREAMBLE)
    while at >= 0:
        if at + ENTRY_FIXED <= len(tail) and tail[at + 8] == 1:
            entry, tag, size = struct.unpack_from('<QQI', tail, at + 9)
            if at + ENTRY_FIXED + size == len(tail):
                fitting.append((at, tag, entry))
        at = tail.rfind(PREAMBLE, 0, at + 7) if at else -1
    if len(fitting) > 1:
        crc = struct.unpack_from('<I', tail, len(tail) - 4)[0]
        fitting = [one for one in fitting if crc32c(tail[one[0]:-4]) == crc]
    return fitting[0][1:] if fitting else None
`
