/** A read that cannot be answered, in words for the screen. */
export class ReadRefusal extends Error {
  readonly status: number
  readonly hint: string

  constructor(status: number, message: string, hint = '') {
    super(message)
    this.name = 'ReadRefusal'
    this.status = status
    this.hint = hint
  }
}
