const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/**
 * A cluster's key or bootstrap token on its way from one command to another, in memory alone. However it is printed,
 * logged or put into JSON it says `[secret]`; only `reveal` gives it out, and only to the stdin of a process.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [INSPECT](): string {
    return '[secret]'
  }
}
