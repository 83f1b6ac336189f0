/** Somebody who holds an image open. `entity` is null where the monitors' sessions do not name the client. */
export interface Watcher {
  /** Global id of the client instance, as in `client.4176`. */
  readonly clientId: string
  readonly address: string
  readonly entity: string | null
  readonly isMirrorDaemon: boolean
}

/** How a watcher is called on screen. */
export const watcherText = (watcher: Watcher): string =>
  watcher.entity === null
    ? `client.${watcher.clientId} at ${watcher.address}, which no monitor session names`
    : `${watcher.entity} (client.${watcher.clientId}) at ${watcher.address}`
