import type { Volume, VolumeAttachment, VolumeService } from '@/lib/domain/cloud'
import type { Lineage } from '@/lib/domain/lineage'
import { markOf } from '@/lib/domain/peer-mark'
import { proof } from '@/lib/domain/proof'
import { type Role, specText } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import { type CloudPort, cloudArgv } from '@/lib/ports/cloud'
import { type MirrorPort, mirrorArgv } from '@/lib/ports/mirror'
import type { Side } from '../world'
import type { CloudWorld, MadeVolume } from './world'

const STEP_MS = 300
/** A demotion takes up to 14 s to arrive; Cinder waits 15 s more for one that has not, for each volume. */
const PATIENCE_MS = 90_000

/** The world with what the tests say to it again and again. */
export class CloudStage {
  #attempts = 0
  readonly admin: CloudPort
  readonly member: CloudPort

  constructor(readonly world: CloudWorld) {
    this.admin = world.port('admin')
    this.member = world.port('member')
  }

  site(side: Side): MirrorPort {
    return side === 'a' ? this.world.siteA : this.world.siteB
  }

  act(argv: readonly string[], port: Pick<CloudPort, 'act'> | MirrorPort = this.admin): Promise<CommandResult> {
    const attemptId = `cloud-contract-${process.pid}-${++this.#attempts}`
    return port.act(argv, { attemptId, softDeadlineMs: 60_000, onStarted: () => {} })
  }

  /** A change that has to be taken. */
  async done(argv: readonly string[], port: Pick<CloudPort, 'act'> | MirrorPort = this.admin): Promise<void> {
    const { exit, stderr } = await this.act(argv, port)
    if (exit !== 0) throw new Error(`${argv.join(' ')}: exit ${exit}: ${stderr}`)
  }

  async backend(): Promise<VolumeService> {
    const found = (await this.admin.volumeServices()).find(({ host }) => host === this.world.host)
    if (found === undefined) throw new Error(`no service at ${this.world.host}`)
    return found
  }

  async volume({ id }: Pick<MadeVolume, 'id'>): Promise<Volume> {
    const [volume] = await this.admin.volumes([id])
    if (volume === undefined) throw new Error(`volume ${id} is gone`)
    return volume
  }

  /** `status/replication_status` of each, in the order asked. */
  async words(volumes: readonly Pick<MadeVolume, 'id'>[]): Promise<readonly string[]> {
    const found = await Promise.all(volumes.map((volume) => this.volume(volume)))
    return found.map(({ status, replicationStatus }) => `${status}/${replicationStatus}`)
  }

  /** Of one after the other: Cinder writes the row of its service first, and then those of volumes. */
  async become(volumes: readonly Pick<MadeVolume, 'id'>[], wanted: readonly string[]): Promise<void> {
    const is = (seen: readonly string[]) => seen.join(' ') === wanted.join(' ')
    await this.eventually(`they are ${wanted.join(' ')}`, () => this.words(volumes), is)
  }

  async lineages(side: Side, volumes: readonly MadeVolume[]): Promise<readonly Lineage[]> {
    const readings = await this.site(side).lineages(volumes.map(({ image }) => image))
    return readings.map((reading, at) => {
      if (reading.kind === 'known') return reading.value
      throw new Error(`${volumes[at]?.image.name} at ${side}: ${reading.reason}`)
    })
  }

  /** What each is at site A and at site B. */
  async roles(volumes: readonly MadeVolume[]): Promise<readonly (readonly [Role, Role])[]> {
    const [a, b] = await Promise.all([this.lineages('a', volumes), this.lineages('b', volumes)])
    return volumes.map((_, at) => [a[at]?.role as Role, b[at]?.role as Role] as const)
  }

  async attachment(server: { readonly id: string }, volume: MadeVolume): Promise<VolumeAttachment | null> {
    const all = await this.admin.attachments('all')
    return all.find(({ serverId, volumeId }) => serverId === server.id && volumeId === volume.id) ?? null
  }

  async monitors(server: { readonly id: string }, volume: MadeVolume): Promise<readonly string[] | null> {
    return (await this.attachment(server, volume))?.connection?.monitors ?? null
  }

  async serverStatus({ id }: { readonly id: string }): Promise<string> {
    const [server] = await this.admin.servers([id])
    if (server === undefined) throw new Error(`server ${id} is gone`)
    return server.taskState === null ? server.status : `${server.status} ${server.taskState}`
  }

  /** Demotes all at one site, and waits until each copy is proven to hold everything. */
  async demoteAll(from: Side, volumes: readonly MadeVolume[]): Promise<void> {
    const to = from === 'a' ? 'b' : 'a'
    await Promise.all(volumes.map(({ image }) => this.done(mirrorArgv.demote(specText(image)), this.site(from))))
    for (const volume of volumes) {
      await this.eventually(
        `${volume.image.name} is proven`,
        () => this.proven(from, to, volume),
        (it) => it === 'proven',
      )
    }
  }

  async proven(from: Side, to: Side, { image }: MadeVolume): Promise<string> {
    const [[old], [copy]] = await Promise.all([this.site(from).lineages([image]), this.site(to).lineages([image])])
    const [here, there] = await Promise.all([from, to].map((side) => this.site(side).poolMirroring(image.pool)))
    if (!old || !copy || !here || !there) throw new Error('no reading')
    const found = proof(old, copy, { from: markOf(there, here, from), to: markOf(here, there, to) })
    return found.kind === 'proven' ? 'proven' : found.reason
  }

  /** Until every copy follows at `side`. */
  async followed(side: Side, volumes: readonly MadeVolume[]): Promise<void> {
    const look = async () => {
      const statuses = await Promise.all(
        [...new Set(volumes.map(({ image }) => image.pool))].map((pool) => this.site(side).statuses(pool)),
      )
      const rows = statuses.flatMap((status) => status.rows)
      return volumes.map(({ image }) => rows.find(({ name }) => name === image.name)?.local.state ?? 'none')
    }
    await this.eventually('the copies follow', look, (states) => states.every((state) => state === 'replaying'))
  }

  /** Tells Cinder, and waits until it has come to an end, whatever it is. */
  async failOver(target: string): Promise<VolumeService> {
    await this.done(cloudArgv.failoverHost(this.world.host, target))
    return this.eventually(
      'the failover ends',
      () => this.backend(),
      ({ replicationStatus }) => replicationStatus !== 'failing-over',
    )
  }

  /** Looks until what is seen will do; where it never does, the error says what was seen last. */
  async eventually<T>(what: string, look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
    for (let waitedMs = 0; ; waitedMs += STEP_MS) {
      const seen = await look()
      if (holds(seen)) return seen
      if (waitedMs > PATIENCE_MS)
        throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}; seen: ${JSON.stringify(seen)}`)
      await this.world.sleep(STEP_MS)
    }
  }
}
