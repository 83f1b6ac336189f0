import type { Gate } from './boot-order'
import { gateText } from './gate-words'
import type { ImageSpec, SiteName } from './words'

/** A cinder-volume backend that is to serve from the other site. */
export interface BackendMember {
  readonly kind: 'backend'
  /** `backend:CLOUD/HOST`. */
  readonly key: string
  readonly family: 'backend'
  readonly generation: 0
  /** The site whose cloud it belongs to. */
  readonly cloud: SiteName
  /** Without a pool: `cinder@ceph`. */
  readonly host: string
  /** What failover_host is told: the name of its replication device, or `default` for the way back. */
  readonly target: string
  /** `activeBackendId` before: what it must still be at the start. */
  readonly activeBefore: string | null
  /** Monitors of the target, `host:port`: where connections must lead afterwards. */
  readonly monitors: readonly string[]
  /** Of a failover past cinder-volume alone, which cannot be told: by whom its records are set, and it is started. */
  readonly past?: PastCinder
}

export interface PastCinder {
  readonly records: 'controller' | 'hand'
  /** cinder-volume's configuration files at the controller; none: where Cinder looks by itself. */
  readonly conf: readonly string[]
  /** argv that starts it at the controller; null: somebody does. */
  readonly start: readonly string[] | null
}

/** A volume that hangs on a server, as it was when the plan was made. */
export interface ServerVolume {
  readonly id: string
  /** Null where Cinder names none: Nova chooses. */
  readonly device: string | null
  /** The disk that it boots from cannot be detached: shelving and unshelving gives it a new attachment. */
  readonly root: boolean
  /** Of Nova, which forgets both with the attachment. */
  readonly tag: string | null
  readonly deleteOnTermination: boolean
}

/** A server that uses volumes of the backend. */
export interface ServerMember {
  readonly kind: 'server'
  /** `server:CLOUD/ID`. */
  readonly key: string
  /** Its key: one that fails is set aside or retried alone. */
  readonly family: string
  readonly generation: 0
  readonly cloud: SiteName
  readonly id: string
  readonly name: string
  /** Started in ascending order and stopped in descending; those of one order side by side. */
  readonly bootOrder: number
  /** One that was shut off before stays so. */
  readonly wasRunning: boolean
  readonly volumes: readonly ServerVolume[]
}

/** A volume of the backend with what Cinder said of it before: what it must say again. */
export interface VolumeMember {
  readonly kind: 'volume'
  /** `volume:CLOUD/ID`. */
  readonly key: string
  /** Its key: each stands for itself. */
  readonly family: string
  readonly generation: 0
  readonly cloud: SiteName
  readonly id: string
  readonly name: string
  readonly image: ImageSpec
  /** False: Cinder puts it in `error`, and its data stays at the old site until the failback. */
  readonly replicated: boolean
  /** The status that it had before Cinder was first told to fail over. */
  readonly status: string
  readonly snapshots: readonly { readonly id: string; readonly status: string }[]
}

/** What has to be seen after the servers of one boot order are ACTIVE, before those of the next are started. */
export interface GateMember {
  readonly kind: 'gate'
  /** `gate:CLOUD/HOST/AFTER/PLACE`: of the backend, the boot order, and its place among the gates behind that. */
  readonly key: string
  /** Its key: one that does not open is passed by hand alone. */
  readonly family: string
  readonly generation: 0
  /** The boot order whose servers are ACTIVE before it is looked at. */
  readonly after: number
  readonly gate: Gate
}

export type CloudMember = BackendMember | ServerMember | VolumeMember | GateMember

/** Their keys begin like this; a site's name has no colon, so no image's key does. */
export const CLOUD_KEYS = ['backend:', 'server:', 'volume:', 'gate:'] as const

/** The name of a member on screen. */
export function cloudMemberName(member: CloudMember): string {
  switch (member.kind) {
    case 'backend':
      return `backend ${member.host}`
    case 'server':
      return `server ${member.name}`
    case 'volume':
      return `volume ${member.name === '' ? member.id : member.name}`
    case 'gate':
      return `gate after boot order ${member.after}: ${gateText(member.gate)}`
  }
}

/** A volume by its own name ('' where it has none), the name of its project, and the servers that it hangs on. */
export interface LedgerVolume {
  readonly name: string
  readonly tenant: string
  readonly servers: readonly string[]
}
