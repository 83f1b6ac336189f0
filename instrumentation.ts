/** Next calls this once a server; the same file is compiled for the edge too, which has no processes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { closeStreamsAtTheEnd } = await import('./lib/read/event-hub')
  closeStreamsAtTheEnd()
}
