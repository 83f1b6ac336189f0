/** How rbd-mirror is restarted, by what runs it. Source: the manuals of systemd's unit, cephadm and Rook. */
export const RESTART_MIRROR = [
  { by: 'systemd, on its host', line: 'systemctl restart ceph-rbd-mirror.target' },
  { by: 'cephadm', line: 'ceph orch restart rbd-mirror' },
  { by: 'Rook', line: 'kubectl -n rook-ceph rollout restart deployment -l app=rook-ceph-rbd-mirror' },
] as const

/** How it is stopped. A restart would have it hang on the dead peer again. Source: the same manuals. */
export const STOP_MIRROR = [
  { by: 'systemd, on its host', line: 'systemctl stop ceph-rbd-mirror.target' },
  { by: 'cephadm', line: 'ceph orch stop rbd-mirror' },
  { by: 'Rook', line: 'kubectl -n rook-ceph scale deployment -l app=rook-ceph-rbd-mirror --replicas=0' },
] as const
