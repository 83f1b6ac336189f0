/** What was seen of an address: `open` as it is wanted, else in words what is wrong with it. */
export interface Probed {
  readonly open: boolean
  /** `refuses connections`, `answers 503`: as it follows the address in a sentence. */
  readonly text: string
}

/** Looks at what runs inside a server, from where the worker is. Never throws, and always ends within seconds. */
export interface ProbePort {
  /** Does it take a connection? It is closed at once: nothing is sent. */
  port(host: string, port: number): Promise<Probed>
  /** Does a GET of it answer with this status? http and https alone; a redirect is an answer, and is not followed. */
  http(url: string, status: number): Promise<Probed>
}
