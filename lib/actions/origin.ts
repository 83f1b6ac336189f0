/**
 * Writes are taken only from pages of this very server. Next runs an action that carries no Origin at all, so it is asked
 * for here; a browser always sends it with a POST. Null where all is well, otherwise the refusal in words.
 */
export function refuseStrangers(headers: Pick<Headers, 'get'>): string | null {
  const origin = headers.get('origin')
  const host = headers.get('host')
  if (origin === null || host === null) return 'Refused: the request does not say which page it comes from (no Origin).'
  let from: URL
  try {
    from = new URL(origin)
  } catch {
    return 'Refused: the Origin of the request makes no sense.'
  }
  if (from.host !== host) return `Refused: the request comes from ${from.host}, not from this console.`
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return `Refused: the browser calls this a ${site} request.`
  return null
}
