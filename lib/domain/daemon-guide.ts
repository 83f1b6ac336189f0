import type { SiteName } from './words'

export interface DaemonGuide {
  readonly tool: string
  readonly lines: readonly string[]
}

/**
 * How an rbd-mirror is deployed at a site, by what deployed its Ceph. Antipode runs none of it: who owns the hosts does.
 * Sources: docs.ceph.com (cephadm, RBD mirroring), rook.io (CephRBDMirror), ceph-ansible's group_vars/rbdmirrors.
 */
export const daemonGuides = (site: SiteName): readonly DaemonGuide[] => [
  {
    tool: 'cephadm',
    lines: ['ceph orch apply rbd-mirror --placement=2', 'ceph orch ps --daemon-type rbd-mirror'],
  },
  {
    tool: 'Rook',
    lines: [
      "kubectl apply -f - <<'END'",
      'apiVersion: ceph.rook.io/v1',
      'kind: CephRBDMirror',
      'metadata: { name: rbd-mirror, namespace: rook-ceph }',
      'spec: { count: 1 }',
      'END',
      'kubectl -n rook-ceph get pods -l app=rook-ceph-rbd-mirror',
    ],
  },
  {
    tool: 'ceph-ansible',
    lines: [
      '# in the inventory: a group [rbdmirrors] with the hosts; in group_vars/rbdmirrors.yml:',
      '#   ceph_rbd_mirror_configure: false',
      'ansible-playbook site.yml --limit rbdmirrors',
    ],
  },
  {
    tool: 'by hand',
    lines: [
      'apt-get install rbd-mirror',
      `ceph auth get-or-create client.rbd-mirror.${site} mon 'profile rbd-mirror' osd 'profile rbd' -o /etc/ceph/ceph.client.rbd-mirror.${site}.keyring`,
      `systemctl enable --now ceph-rbd-mirror@rbd-mirror.${site}`,
    ],
  },
]
