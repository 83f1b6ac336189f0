import type { SiteName } from '@/lib/domain/words'

/**
 * unreachable: no answer within the deadline, or no connection. refused: the cluster answered no (`exit` says which).
 * denied: the key or its caps. missing: no such image, pool or file. unreadable: the answer made no sense.
 * unavailable: the tool is not there (package, binding, program).
 */
export type AdapterErrorKind = 'unreachable' | 'refused' | 'denied' | 'missing' | 'unreadable' | 'unavailable'

/** The one error that adapters throw: names the site, what was asked, and what is wrong. Never carries a secret. */
export class AdapterError extends Error {
  constructor(
    readonly kind: AdapterErrorKind,
    readonly site: SiteName,
    /** The command or the helper's method, as text. */
    readonly asked: string,
    message: string,
    readonly exit: number | null = null,
  ) {
    super(message)
    this.name = 'AdapterError'
  }

  /** The message with the site named once: most messages name it themselves. */
  get told(): string {
    return this.message.startsWith(`${this.site}:`) ? this.message : `${this.site}: ${this.message}`
  }
}
