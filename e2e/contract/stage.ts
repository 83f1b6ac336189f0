import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import { markOf } from '@/lib/domain/peer-mark'
import { type Proof, proof } from '@/lib/domain/proof'
import { type ImageSpec, specText } from '@/lib/domain/words'
import type { ChangeOptions, Channel, CommandResult } from '@/lib/ports/channel'
import type { ClusterPort } from '@/lib/ports/cluster'
import { AdapterError } from '@/lib/ports/errors'
import type { FoundImage, MirrorPort } from '@/lib/ports/mirror'
import type { Secret } from '@/lib/ports/secret'
import type { ContractWorld, MadeImages, Side } from './world'

const STEP_MS = 300
/** rbd-mirror publishes every 30 s, and a demotion takes up to 14 s to arrive (ceph-facts 3 and 5). */
export const PATIENCE_MS = 75_000

/** The world with what the tests say to it again and again. */
export class Stage {
  #attempts = 0
  readonly ports: { readonly [side in Side]: MirrorPort }
  readonly clusters: { readonly [side in Side]: ClusterPort }

  constructor(
    readonly world: ContractWorld,
    readonly images: MadeImages,
  ) {
    this.ports = {
      a: mirrorPort(world.siteA.site, world.siteA),
      b: mirrorPort(world.siteB.site, world.siteB),
    }
    this.clusters = { a: clusterPort(world.siteA.site, world.siteA), b: clusterPort(world.siteB.site, world.siteB) }
  }

  channel(side: Side): Channel {
    return side === 'a' ? this.world.siteA : this.world.siteB
  }

  /** A command that looks. */
  look(side: Side, ...argv: string[]): Promise<CommandResult> {
    return this.channel(side).command(argv)
  }

  /** The JSON of a command that looks; fails where it does not end with 0. */
  async json(side: Side, ...argv: string[]): Promise<unknown> {
    const { exit, stdout, stderr } = await this.look(side, ...argv, '--format', 'json')
    if (exit !== 0) throw new Error(`${argv.join(' ')}: exit ${exit}: ${stderr}`)
    return JSON.parse(stdout)
  }

  /** A command that changes something. */
  act(side: Side, ...argv: string[]): Promise<CommandResult> {
    return this.channel(side).change(argv, this.#attempt())
  }

  /** One that reads a secret. */
  actWith(side: Side, stdin: Secret, argv: readonly string[]): Promise<CommandResult> {
    return this.ports[side].act(argv, { ...this.#attempt(), stdin })
  }

  #attempt(): ChangeOptions {
    const attemptId = `contract-${process.pid}-${++this.#attempts}`
    return { attemptId, softDeadlineMs: 60_000, onStarted: () => {} }
  }

  /** `rbd mirror image VERB IMAGE …`. */
  image(side: Side, verb: string, image: ImageSpec, ...more: string[]): Promise<CommandResult> {
    return this.act(side, 'rbd', 'mirror', 'image', verb, specText(image), ...more)
  }

  async lineage(side: Side, image: ImageSpec): Promise<Lineage> {
    const [reading] = await this.ports[side].lineages([image])
    if (reading?.kind !== 'known') throw new Error(`${specText(image)} at ${side}: ${reading?.reason}`)
    return reading.value
  }

  /** What stands under a name. */
  async found(side: Side, image: ImageSpec): Promise<FoundImage> {
    const [reading] = await this.ports[side].found([image])
    if (reading?.kind !== 'known') throw new Error(`${specText(image)} at ${side}: ${reading?.reason}`)
    return reading.value
  }

  async row(side: Side, image: ImageSpec): Promise<MirrorRow> {
    const { rows } = await this.ports[side].statuses(image.pool)
    const row = rows.find(({ name }) => name === image.name)
    if (row === undefined) throw new Error(`${specText(image)} has no row at ${side}`)
    return row
  }

  async proof(from: Side, to: Side, image: ImageSpec): Promise<Proof> {
    const [[old], [copy]] = await Promise.all([this.ports[from].lineages([image]), this.ports[to].lineages([image])])
    if (old === undefined || copy === undefined) throw new Error('no reading')
    const [here, there] = await Promise.all([from, to].map((side) => this.ports[side].poolMirroring(image.pool)))
    if (here === undefined || there === undefined) throw new Error('no answer')
    return proof(old, copy, { from: markOf(there, here, from), to: markOf(here, there, to) })
  }

  /** Looks until what is seen will do; where it never does, the error says what was seen last. */
  async eventually<T>(what: string, look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
    for (let waitedMs = 0; ; waitedMs += STEP_MS) {
      // Where the lab shares its machine a cluster falls silent for a while; that is no answer, and no failure either.
      const seen = await look().catch((error) => {
        if (error instanceof AdapterError && error.kind === 'unreachable') return error
        throw error
      })
      if (!(seen instanceof AdapterError) && holds(seen)) return seen
      if (waitedMs > PATIENCE_MS)
        throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}; seen: ${JSON.stringify(seen)}`)
      await this.world.sleep(STEP_MS)
    }
  }

  /** Until everything that was ever acknowledged at `from` is held at `to`. */
  proven(image: ImageSpec, from: Side, to: Side): Promise<Proof> {
    const look = () => this.proof(from, to, image)
    return this.eventually('the copy is proven to hold everything', look, ({ kind }) => kind === 'proven')
  }

  /** Until the copy at `side` replays from the other site, which is primary, as its daemon says. */
  replays(image: ImageSpec, side: Side): Promise<MirrorRow> {
    const says = ({ local, remote }: MirrorRow) =>
      local.up && local.state === 'replaying' && remote[0]?.detail.kind === 'primary'
    return this.eventually(`site ${side} replays`, () => this.row(side, image), says)
  }

  /** Demotes at one site, waits for the proof, promotes at the other: the safe order. */
  async move(image: ImageSpec, from: Side, to: Side): Promise<void> {
    const demoted = await this.image(from, 'demote', image)
    if (demoted.exit !== 0) throw new Error(`demote: ${demoted.stderr}`)
    await this.proven(image, from, to)
    await this.promoted(image, to)
  }

  /** Promotes, waiting out exit 16; gives the number of refusals. */
  async promoted(image: ImageSpec, side: Side): Promise<{ refusals: number }> {
    let refusals = -1
    const look = async () => {
      refusals += 1
      const { exit, stderr } = await this.image(side, 'promote', image)
      // 30 is seen now and then right after the demotion arrived, while the copy's own daemon still has hold of it.
      if (exit !== 0 && exit !== 16 && exit !== 30) throw new Error(`promote: exit ${exit}: ${stderr}`)
      return exit
    }
    await this.eventually('the promotion', look, (exit) => exit === 0)
    return { refusals }
  }
}
