/** What a cloud has besides what fails over: what a server needs to be what it was, and who owns it together with others. */

export interface Flavor {
  readonly id: string
  readonly name: string
  readonly vcpus: number
  readonly ramMb: number
  readonly diskGb: number
  readonly public: boolean
  readonly extraSpecs: Readonly<Record<string, string>>
}

export interface CloudUser {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}

/** The public half of a key that servers are given. */
export interface Keypair {
  readonly name: string
  readonly userId: string
  readonly publicKey: string
  readonly fingerprint: string
}

/** What a project may use. By the service's own names; -1 is without limit. */
export interface Quotas {
  readonly projectId: string
  readonly compute: Readonly<Record<string, number>>
  readonly volume: Readonly<Record<string, number>>
  readonly network: Readonly<Record<string, number>>
}

export interface Network {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly status: string
  readonly shared: boolean
  readonly external: boolean
  readonly subnetIds: readonly string[]
}

export interface Subnet {
  readonly id: string
  readonly name: string
  readonly networkId: string
  readonly cidr: string
  readonly gateway: string | null
  readonly dhcp: boolean
}

/** Where a server, or something else of the cloud, hangs on a network. */
export interface NetworkPort {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly networkId: string
  /** Of a server: its id. '' where it hangs on nothing. */
  readonly deviceId: string
  /** `compute:ZONE`, `network:dhcp`, …; '' where it hangs on nothing. */
  readonly deviceOwner: string
  readonly status: string
  readonly mac: string
  readonly addresses: readonly { readonly subnetId: string; readonly ip: string }[]
  readonly securityGroupIds: readonly string[]
}

export interface FloatingIp {
  readonly id: string
  readonly projectId: string
  readonly ip: string
  readonly networkId: string
  /** The port that it leads to; null where to none. */
  readonly portId: string | null
  readonly status: string
}

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly rules: number
}

/** A stack of Heat. Times are epoch milliseconds. */
export interface Stack {
  readonly id: string
  readonly name: string
  readonly projectId: string
  /** ACTION_STATE: `UPDATE_IN_PROGRESS`. */
  readonly status: string
  /** Null: never since it was made. */
  readonly updatedAt: number | null
}

/** One of the things that a stack, or a stack inside it, has made. */
export interface StackResource {
  /** Its name in the template. */
  readonly name: string
  /** `OS::Nova::Server`. */
  readonly type: string
  /** The id that its own service knows it by; '' before it is made. */
  readonly physicalId: string
  readonly status: string
}
