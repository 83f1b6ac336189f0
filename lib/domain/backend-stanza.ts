import type { BackendPool } from './cloud'

/** What is known of the backend that a group would leave. */
export interface LeftBackend {
  /** Without a pool: `cinder@ceph`. */
  readonly host: string
  /** All cinder-volume hosts of the cloud. */
  readonly hosts: readonly string[]
  readonly pools: readonly BackendPool[]
}

const WAY_BACK = 'default'
const sectionOf = (host: string): string => host.slice(host.indexOf('@') + 1)

/** A name that cinder.conf takes as a section: letters, digits and dashes. */
const wordOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'group'

/**
 * Lines of cinder.conf for a backend of a group's own, beside the one that it is on, and its volume type. What nothing
 * that is read says stands in angle brackets: of the other site's cluster Cinder tells a name, and no file.
 * Options: cinder/volume/drivers/rbd.py and cinder/volume/driver.py (Zed).
 */
export function backendStanza(group: string, { host, hosts, pools }: LeftBackend): readonly string[] {
  const old = sectionOf(host)
  const own = `${old}-${wordOf(group)}`
  const pool = pools.find(({ location }) => location !== null)
  const { conf, user, pool: rbdPool } = pool?.location ?? UNKNOWN
  const server = host.slice(0, host.indexOf('@'))
  // Only what the same process serves is in its list: another controller has a cinder.conf of its own.
  const mine = hosts.filter((one) => one.startsWith(`${server}@`)).map(sectionOf)
  const targets = [...new Set(pools.flatMap((one) => one.targets))].filter((name) => name !== WAY_BACK)
  return [
    '[DEFAULT]',
    `enabled_backends = ${[...new Set([...mine, old, own])].join(',')}`,
    '',
    `[${own}]`,
    'volume_driver = cinder.volume.drivers.rbd.RBDDriver',
    `volume_backend_name = ${own}`,
    `rbd_pool = ${rbdPool}`,
    `rbd_user = ${user}`,
    `rbd_ceph_conf = ${conf}`,
    `rbd_secret_uuid = <as in [${old}]>`,
    ...(targets.length === 0 ? ['<name of the other site>'] : targets).map(
      (name) => `replication_device = backend_id:${name},conf:<its ceph.conf, as in [${old}]>,user:${user}`,
    ),
    '',
    `openstack volume type create --property volume_backend_name=${own} --property replication_enabled='<is> True' ${own}`,
  ]
}

const UNKNOWN = { conf: '<its ceph.conf>', user: '<its user>', pool: '<its pool>' }

/** How volumes come to such a backend, in words. */
export const STANZA_WORDS =
  'Restart cinder-volume. A volume goes over by unmanaging it and managing its image at the new host (cinder unmanage, cinder manage: its data stays where it is, it gets a new id, and it must not be attached), or by openstack volume set --retype-policy on-demand, which copies it'
