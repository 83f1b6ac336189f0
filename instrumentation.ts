/** Next calls this once a server; the same file is compiled for the edge too, which has no processes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { closeStreams } = await import('./lib/read/event-hub')
  // Next waits for every open answer before it ends, and an event stream never ends by itself.
  process.once('SIGTERM', closeStreams)
  process.once('SIGINT', closeStreams)
}
