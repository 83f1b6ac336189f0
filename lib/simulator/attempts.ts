import type { SiteName } from '@/lib/domain/words'
import type { CommandResult, ProcessHandle } from '@/lib/ports/channel'
import type { Finished, StateLog } from './state-log'

interface Running {
  readonly site: SiteName
  readonly handle: ProcessHandle
  readonly result: Promise<CommandResult>
}

/** Changes that run or have run. They belong to the world, not to whoever asked for them. */
export class Attempts {
  readonly #running = new Map<string, Running>()
  readonly #begun = new Map<string, { site: SiteName; handle: ProcessHandle }>()
  readonly #finished = new Map<string, CommandResult>()
  #pid = 100_000

  constructor(
    finished: readonly Finished[],
    readonly log: StateLog,
  ) {
    for (const one of finished) this.#finished.set(one.attemptId, one.result)
  }

  begin(attemptId: string, site: SiteName): ProcessHandle {
    const handle: ProcessHandle = { pid: ++this.#pid, startTicks: Math.floor(Date.now() / 10) }
    this.#begun.set(attemptId, { site, handle })
    return handle
  }

  /** Keeps the result, on disk, before anybody is told. */
  finish(attemptId: string, work: Promise<CommandResult>): Promise<CommandResult> {
    const begun = this.#begun.get(attemptId)
    if (begun === undefined) throw new Error(`attempt ${attemptId} was never begun`)
    const result = work.then((done) => {
      this.log.append({ k: 'finished', v: { attemptId, result: done } })
      this.#finished.set(attemptId, done)
      this.#running.delete(attemptId)
      this.#begun.delete(attemptId)
      return done
    })
    this.#running.set(attemptId, { ...begun, result })
    return result
  }

  look(attemptId: string): CommandResult | 'running' | 'unknown' {
    return this.#finished.get(attemptId) ?? (this.#running.has(attemptId) ? 'running' : 'unknown')
  }

  async result(attemptId: string): Promise<CommandResult | null> {
    return this.#finished.get(attemptId) ?? (await this.#running.get(attemptId)?.result) ?? null
  }

  /** Process ids at a site that carry the attempt's name. */
  pids(attemptId: string, site: SiteName): readonly number[] {
    const running = this.#running.get(attemptId)
    return running === undefined || running.site !== site ? [] : [running.handle.pid]
  }
}
