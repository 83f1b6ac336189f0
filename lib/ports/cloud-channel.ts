import type { SiteName } from '@/lib/domain/words'
import type { CommandResult, ProcessHandle } from './channel'
import { AdapterError } from './errors'

export interface CloudRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Whole, with scheme, host, path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface CloudAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `unreachable` before a connection came about: the service never saw the request. */
export class NeverSent extends AdapterError {
  constructor(site: SiteName, asked: string, message: string) {
    super('unreachable', site, asked, message)
    this.name = 'NeverSent'
  }
}

/**
 * The one way to a site's cloud: HTTP, and the shell of a controller where the configuration grants one. Everything above
 * this line (tokens, catalogue, microversions, paging, errors) is the same for a real cloud and for the simulator.
 */
export interface CloudChannel {
  readonly site: SiteName
  /**
   * One request, one answer, whatever its status; redirects are not followed. Throws AdapterError (`unreachable`) where none
   * came within `deadlineMs`, for which nothing is said about whether the service took it, and NeverSent where it did not.
   */
  send(request: CloudRequest, options: { readonly deadlineMs: number }): Promise<CloudAnswer>
  /** Null where the configuration grants no controller: then such a step is done by hand. */
  readonly controller: {
    /** Runs one of OpenStack's own tools (`nova-manage`, `cinder-manage`) there. Never killed, as a change is. */
    run(argv: readonly string[], options: ControllerOptions): Promise<CommandResult>
    shown(argv: readonly string[]): readonly string[]
    mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'>
  } | null
  close(): Promise<void>
}

export interface ControllerOptions {
  readonly attemptId: string
  readonly softDeadlineMs: number
  readonly onStarted: (handle: ProcessHandle) => void
}
