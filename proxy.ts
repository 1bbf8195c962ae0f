import { type NextRequest, NextResponse } from 'next/server'
import { securityHeaders } from './lib/server/api/security-headers.ts'
import { refusedByPages } from './lib/server/front/page-request.ts'
import { refusal } from './lib/server/front/refusal.ts'

const development = process.env.NODE_ENV === 'development'

/**
 * Pages are read only. Each gets its own nonce: Next reads it from the request's policy and stamps its scripts with it.
 */
export function proxy(request: NextRequest) {
  const refused = refusedByPages({
    method: request.method,
    target: request.nextUrl.pathname,
    header: (name) => request.headers.get(name) ?? undefined,
  })
  if (refused) {
    const { body, ...answer } = refusal(refused)
    return new NextResponse(body, answer)
  }
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    // https: a tenant's logo may stand anywhere.
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Where a page is: its layout is not told otherwise.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('X-Frame-Options', 'DENY')
  for (const [name, value] of Object.entries(securityHeaders())) response.headers.set(name, value)
  response.headers.set(
    'Permissions-Policy',
    'publickey-credentials-create=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  )
  return response
}

/** Pages only. The API authorizes inside itself, and a proxy in front of it would cost more than its work. */
export const config = {
  matcher: [
    '/((?!v1(?:/|$)|\\.well-known(?:/|$)|livez(?:/|$)|readyz(?:/|$)|metrics(?:/|$)|downloads(?:/|$)|console/api(?:/|$)|oauth(?:/|$)|device(?:/|$)|(?:interaction|approval)/[^/]+/api(?:/|$)|account/api(?:/|$)|_next/static/|icon\\.svg$|geist\\.woff2$).*)',
  ],
}
