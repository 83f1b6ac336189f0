import { type NextRequest, NextResponse } from 'next/server'
import { isLoopbackHost } from '@/lib/read/loopback'

/** Before every answer: is the request meant for this machine, and what may the page that is sent do? */
export function proxy(request: NextRequest): Response {
  if (!isLoopbackHost(request.headers.get('host'))) {
    return new Response(
      'Antipode answers on this machine alone (127.0.0.1, localhost, [::1]) until people can sign in. From elsewhere: ssh -L 3000:127.0.0.1:3000 THIS-MACHINE\n',
      { status: 421, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } },
    )
  }
  const policy = contentPolicy(crypto.randomUUID().replaceAll('-', ''))
  const headers = new Headers(request.headers)
  // Next reads the nonce from here and puts it on every script it writes.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()')
  return response
}

/** No host but our own, for anything. Styles may be inline: rows of a virtual list carry their place as a style. */
function contentPolicy(nonce: string): string {
  // React rebuilds server stacks with eval while developing, and only then.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
