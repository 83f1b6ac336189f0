/** `2026-11-21T02:45:27.000000`: the databases of Cinder and Nova keep whole seconds. */
export const stamp = (t: number): string => `${new Date(t).toISOString().slice(0, 19)}.000000`

export const stampOrNull = (t: number | null): string | null => (t === null ? null : stamp(t))

/** `2026-11-21T02:45:27Z`, of Glance and of Nova's servers. */
export const zulu = (t: number): string => `${new Date(t).toISOString().slice(0, 19)}Z`

/** `2026-11-21T02:45:27.628737`: what was just made is told before the database has cut it. */
export const stampNow = (t: number): string => `${new Date(t).toISOString().slice(0, 23)}000`
