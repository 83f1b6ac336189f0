/** npm passes on the Ctrl-C that the terminal has given to everybody already: the same press comes twice. */
const SAME_PRESS_MS = 300

/** Calls `first` at the first Ctrl-C or SIGTERM, `second` where the operator presses again. */
export function onStopSignals({ first, second }: { first(): void; second(): void }): void {
  let firstAt: number | null = null
  const signalled = () => {
    if (firstAt === null) {
      firstAt = Date.now()
      first()
    } else if (Date.now() - firstAt > SAME_PRESS_MS) second()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, signalled)
}
