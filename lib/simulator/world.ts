import type { SiteName } from '@/lib/domain/words'
import type { CommandResult, ProcessHandle } from '@/lib/ports/channel'
import type { Clock } from '@/lib/ports/clock'
import type { CloudAnswer, CloudRequest } from '@/lib/ports/cloud-channel'
import type { HelperMethod, HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import { parseArgv } from './argv'
import { Attempts } from './attempts'
import { Clouds } from './cloud/clouds'
import type { Conditions, Snag } from './conditions'
import { applyFault, type Fault } from './faults'
import { ALONE, simulatedMethods } from './helper-methods'
import { HelperRefusal } from './helper-refusal'
import { refused } from './outcome'
import { fraction, textBits } from './random'
import { Recorder } from './recorder'
import type { WorldSpec } from './spec'
import { forgetful, type Recorded, type StateLog } from './state-log'
import { type Truth, truthOf } from './truth'
import { cephUsage, rbdUsage } from './usage'
import { findVerb, simulatedVerbs } from './verbs'
import { WorldMemory } from './world-memory'

export interface WorldOptions {
  readonly clock: Clock
  readonly spec: WorldSpec
  readonly seed?: number
  readonly log?: StateLog
}

export interface ChangeRequest {
  readonly attemptId: string
  readonly onStarted?: (handle: ProcessHandle) => void
  /** What the command finds at its stdin; kept nowhere. */
  readonly stdin?: string
}

/** How often a site that does not answer is asked again by what waits for it. */
const RETRY_MS = 250
const CALL_GIVES_UP_MS = 120_000

/**
 * A world of Ceph sites. Needs no socket and no process: with a manual clock everything that happens in it is decided
 * by the seed and by what it is asked. `main.ts` puts it behind a socket.
 */
export class World {
  readonly #memory: WorldMemory
  readonly #attempts: Attempts
  readonly #recorder: Recorder
  readonly #clouds: Clouds
  readonly #clock: Clock

  constructor({ clock, spec, seed = 1, log = forgetful }: WorldOptions) {
    this.#clock = clock
    this.#memory = new WorldMemory(spec, seed, log, clock)
    this.#attempts = new Attempts(this.#memory.finished, log)
    this.#recorder = new Recorder(log)
    this.#clouds = new Clouds(this.#memory, this.#recorder)
  }

  /** The world's own time: the clock's, unless a fault froze it. */
  now(): number {
    return this.#memory.now()
  }

  get conditions(): Conditions {
    return this.#memory.conditions
  }

  /** A command that only looks. */
  command(site: SiteName, argv: readonly string[]): Promise<CommandResult> {
    return this.#run(site, argv, null)
  }

  /** A command that changes something. Goes on whoever asked; its result is kept under the attempt's id. */
  change(site: SiteName, argv: readonly string[], request: ChangeRequest): Promise<CommandResult> {
    const handle = this.#attempts.begin(request.attemptId, site)
    request.onStarted?.(handle)
    return this.#attempts.finish(request.attemptId, this.#run(site, argv, request.attemptId, request.stdin))
  }

  /** What became of a change: its result, `running`, or `unknown` where this world never heard of it. */
  attempt(attemptId: string): CommandResult | 'running' | 'unknown' {
    return this.#attempts.look(attemptId)
  }

  /** Resolves with the result of a change that runs or has run; null where it was never begun or died with the world. */
  attemptResult(attemptId: string): Promise<CommandResult | null> {
    return this.#attempts.result(attemptId)
  }

  mayLive(attemptId: string): 'gone' | 'lives' {
    return this.#attempts.look(attemptId) === 'running' ? 'lives' : 'gone'
  }

  /** One question to the helper. A silent site does not answer until it is back. Rejects with HelperRefusal. */
  async call<M extends HelperMethod>(site: SiteName, method: M, params: HelperParams<M>): Promise<HelperResult<M>> {
    const asked = this.#clock.now()
    while (this.conditions.stuck(site, ALONE.has(method) ? 'ceph' : 'helper', this.now())) {
      if (this.#clock.now() - asked > CALL_GIVES_UP_MS)
        throw new HelperRefusal('unreachable', 110, 'the cluster does not answer')
      await this.#clock.sleep(RETRY_MS)
    }
    const answer = simulatedMethods[method]
    if (answer === undefined) throw new HelperRefusal('refused', 95, `the helper knows no method ${method}`)
    const desk = this.#memory.desk(site, { program: '', words: [], options: {}, flags: new Set() }, [])
    const wait = (ms: number) => this.#clock.sleep(ms * this.conditions.timings.commandScale)
    return answer({ ...desk, wait, pidsOf: (attemptId) => this.#attempts.pids(attemptId, site) }, params)
  }

  /** One HTTP request to the cloud of the site. Rejects with HelperRefusal where nothing listens. */
  http(site: SiteName, request: CloudRequest): Promise<CloudAnswer> {
    return this.#clouds.answer(site, request)
  }

  /** Does to the world what the fault says; on disk before it returns. Throws where it names nothing that exists. */
  fault(fault: Fault): void {
    applyFault(this.#memory, this.#clouds, fault)
  }

  /** What the clusters were told since `since`. */
  recorded(since = 0): readonly Recorded[] {
    return this.#recorder.since(since)
  }

  /** What the copies of an image really hold, which no cluster would tell. */
  truth(pool: string, name: string): Truth {
    return truthOf(this.#memory, pool, name)
  }

  close(): void {
    this.#memory.close()
  }

  async #run(site: SiteName, argv: readonly string[], attemptId: string | null, stdin = ''): Promise<CommandResult> {
    const startedAt = this.#clock.now()
    const ended = this.#recorder.began(site, argv, attemptId, this.now())
    const { exit, stdout, stderr } = await this.#answer(site, argv, attemptId, stdin)
    ended(exit, this.now())
    return { exit, stdout, stderr, durationMs: Math.round(this.#clock.now() - startedAt), overdue: false }
  }

  async #answer(site: SiteName, argv: readonly string[], attemptId: string | null, stdin: string) {
    const args = parseArgv(argv)
    const found = findVerb(args)
    if (found === null) {
      return args.program === 'rbd' ? rbdUsage(argv, simulatedVerbs) : cephUsage()
    }
    const snags = this.#memory.takeSnags(site, argv)
    if (this.conditions.silent(site, this.now())) {
      const answer = await this.#waitedOut(site, args, attemptId)
      if (answer !== null) return answer
    }
    await this.#clock.sleep(this.#takesMs(found.takesMs, argv))
    const failure = await this.#before(snags)
    if (failure !== null) return failure
    // Past the connection a change has no time-out that could end it: it waits for its cluster, however long.
    const begun = this.#clock.now()
    while (this.conditions.stuck(site, args.program, this.now())) {
      const { readTimeoutMs } = this.conditions.timings
      if (attemptId === null && this.#clock.now() - begun >= readTimeoutMs) return timedOut(args.program)
      await this.#clock.sleep(RETRY_MS)
    }
    if (found.needs === 'mgr' && this.conditions.valueAt(`mgr ${site}`, this.now()) !== 'up') {
      await this.#clock.sleep(this.conditions.timings.readTimeoutMs)
      if (found.verb.includes('schedule')) return noSchedules(found.verb)
    }
    const outcome = found.act(this.#memory.desk(site, args, found.rest, stdin))
    for (const snag of snags) {
      if (snag.effect.kind === 'hang' && snag.effect.when === 'after')
        await this.#memory.released(snag, snag.effect.forMs)
    }
    return outcome
  }

  /** Hangs, delays and fails as the faults want it, before anything is done. */
  async #before(snags: readonly Snag[]) {
    for (const snag of snags) {
      const { effect } = snag
      if (effect.kind === 'delay') await this.#clock.sleep(effect.ms)
      if (effect.kind === 'hang' && effect.when === 'before') await this.#memory.released(snag, effect.forMs)
      if (effect.kind === 'fail') return refused(effect.exit, effect.stderr)
    }
    return null
  }

  /** A command that finds its site silent waits for Ceph's time-out; null where the site came back in time. */
  async #waitedOut(site: SiteName, args: ReturnType<typeof parseArgv>, attemptId: string | null) {
    const { readTimeoutMs, changeTimeoutMs } = this.conditions.timings
    const given = Number(args.options['client-mount-timeout'] ?? args.options['connect-timeout'])
    const limit =
      Number.isFinite(given) && given > 0 ? given * 1000 : attemptId === null ? readTimeoutMs : changeTimeoutMs
    const until = this.#clock.now() + limit
    while (this.conditions.silent(site, this.now())) {
      const left = until - this.#clock.now()
      if (left <= 0) return timedOut(args.program)
      await this.#clock.sleep(Math.min(left, RETRY_MS))
    }
    return null
  }

  /** The lab's time for the verb, a little different each time, scaled as the world says. */
  #takesMs(ms: number, argv: readonly string[]): number {
    const { commandScale } = this.conditions.timings
    const spread = 0.8 + 0.6 * fraction(this.conditions.seed, textBits(argv.join(' ')), this.#memory.tick())
    return Math.round(ms * commandScale * spread)
  }
}

/** The schedules are the mgr's: without it `rbd` prints what it could not read. */
const noSchedules = (verb: string) =>
  refused(74, `rbd: invalid schedule ${verb.endsWith('status') ? 'status' : 'list'} JSON received\n`)

/** As a dead site answers (ceph-facts 8). */
function timedOut(program: string) {
  return program === 'ceph'
    ? refused(1, '[errno 110] RADOS timed out (error connecting to the cluster)\n')
    : refused(110, "rbd: couldn't connect to the cluster!\n")
}

/** A world in this process, for tests and for `main.ts`. */
export const createWorld = (options: WorldOptions): World => new World(options)
