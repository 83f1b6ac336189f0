const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
])

/** Why no answer came, and what to do about it. `error` is Node's own. */
export function connectionProblem(error: Error, url: URL, connected: boolean): string {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const at = url.origin
  if (code === 'ECONNREFUSED') return `${at} refuses the connection: nothing listens there`
  if (code === 'ENOTFOUND') return `${url.hostname} has no address: check the name in clouds.yaml or in the catalogue`
  if (code === 'EAI_AGAIN') return `${url.hostname} cannot be looked up: the name service does not answer`
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `there is no way to ${at} from here (${code})`
  if (code === 'ETIMEDOUT') return `${at} does not take the connection`
  if (UNTRUSTED.has(code))
    return `the certificate of ${at} is not trusted (${code}): name its authority as cacert in clouds.yaml`
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${at} has expired: it needs a new one`
  if (code === 'CERT_NOT_YET_VALID') return `the certificate of ${at} is not valid yet: compare the clocks`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `the certificate of ${at} is for another name: the URL must have one of its names`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return `${at} does not speak TLS: is its URL meant to be http?`
  if (code.startsWith('HPE_')) return `${at} answers, but not in HTTP: is its URL meant to be https?`
  return connected ? `${at} closed the connection before it answered (${code})` : `${at} cannot be reached (${code})`
}
