const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Is this `Host` header one of this machine's own names? Until people can sign in the console answers no other: a page
 * from elsewhere whose name was pointed at 127.0.0.1 would otherwise read and steer it through the operator's browser.
 */
export function isLoopbackHost(host: string | null): boolean {
  if (host === null) return false
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  return LOOPBACK.has(name)
}
