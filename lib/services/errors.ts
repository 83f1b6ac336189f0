/** invalid: the input. forbidden: who. conflict: a race or a live run. refused: the state forbids it. missing: no such thing. */
export type ServiceCode = 'invalid' | 'forbidden' | 'conflict' | 'refused' | 'missing' | 'failed'

/** The one error that services throw. The message is for the operator: names the thing, what is wrong, what to do. */
export class ServiceError extends Error {
  constructor(
    readonly code: ServiceCode,
    message: string,
  ) {
    super(message)
    this.name = 'ServiceError'
  }
}
