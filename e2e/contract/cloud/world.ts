import type { ImageSpec } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { Side } from '../world'

/** An administrator, who may do all that Antipode does; someone with the `member` role alone, in the project of what is made. */
export type Who = 'admin' | 'member'

export interface MadeVolume {
  readonly id: string
  /** Where its data is: `volumes/volume-ID`. */
  readonly image: ImageSpec
}

export interface MadeStack {
  readonly id: string
  readonly name: string
  readonly server: string
  /** Whose keypair it is. */
  readonly user: string
  readonly project: string
}

/**
 * One OpenStack whose Cinder keeps its volumes at site A, with site B as the target of its one backend. The lab and the
 * simulator each give one, and the suite is the only user of what it had made. What Antipode itself asks or changes goes
 * through the ports; here is only what no console would do.
 */
export interface CloudWorld {
  readonly siteA: MirrorPort
  readonly siteB: MirrorPort
  /** As failover_host and freeze take it: `cinder@ceph`, without a pool. */
  readonly host: string
  /** The name of site B in `replication_device`. The way back is `default`. */
  readonly target: string
  /** Monitors as an attachment's `connection` names them, `host:port`. */
  readonly monitors: { readonly [side in Side]: readonly string[] }
  /** What stands around volumes and servers, for reading. */
  estate(who: Who, options?: { readonly pageSize?: number }): CloudEstate
  /** A way to the cloud, made anew. `pageSize`: how many of a list are asked for at once; the adapter's own where left out. */
  port(who: Who, options?: { readonly pageSize?: number }): CloudPort
  /**
   * Volumes of 1 GB with a little data, one after the other, oldest first; none is bootable. Resolves when all are
   * `available`, and the replicated ones' copies replay at the other site.
   */
  makeVolumes(count: number, kind: 'replicated' | 'plain'): Promise<readonly MadeVolume[]>
  /** A snapshot of a volume, `available`. Its id. */
  makeSnapshot(volumeId: string): Promise<string>
  /** A volume `error` of the replicated type, on the backend, with replication_status null and without an image. Its id. */
  makeGhost(): Promise<string>
  /** A server, ACTIVE, that boots from a replicated volume of its own and has these attached, in their order. */
  makeServer(volumes: readonly MadeVolume[]): Promise<{ readonly id: string; readonly root: MadeVolume }>
  /** A stack of Heat: a server with an address on a network, and a keypair. */
  makeStack(): Promise<MadeStack>
  /** An image in Glance with some data of its own, `active`, or a record without, `queued`. Its id. */
  makeGlanceImage(kind: 'with-data' | 'empty'): Promise<string>
  /** Writes that are acknowledged and flushed, by a client that closes the image again. */
  write(side: Side, image: ImageSpec): Promise<void>
  /**
   * A client that holds the image open for writing, until the function it gives is called. Asked for the exclusive lock it
   * gives it away, as most do, or keeps it.
   */
  hold(side: Side, image: ImageSpec, lock: 'given-away' | 'kept'): Promise<() => Promise<void>>
  /**
   * Nothing is left of servers, volumes, snapshots and their images; the backend is enabled, not frozen, and keeps its
   * volumes at site A. Repairs whatever a test did, a split-brain too.
   */
  reset(): Promise<void>
  /** Waits, in the world's own time. */
  sleep(ms: number): Promise<void>
  close(): Promise<void>
}
