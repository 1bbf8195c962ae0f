import { type NextRequest, NextResponse } from 'next/server'
import { securityHeaders } from './lib/server/api/security-headers.ts'
import { env } from './lib/server/env.ts'
import { refusedByPages } from './lib/server/front/page-request.ts'
import { refusal } from './lib/server/front/refusal.ts'

/** Shows what a frame changes, from whichever origin it is opened at: it frames the one page that others may frame. */
const framing = '/playground/frame'
/** The one page that may be framed, by any site: it holds nothing, and does nothing that nobody presses in it. */
const framed = '/playground/frame/inside'

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
  const { pathname } = request.nextUrl
  // The frame page is this server's under its public origin, also where the page around it was opened under another name.
  const home = pathname === framing ? new URL(env().baseUrl).origin : undefined
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
  // Its tab “Break it” tests the developer's own server, wherever that is: the browser asks that server whether it may. It opens
  // no way out that is shut otherwise: logos come from any host, and no policy forbids a page to navigate. The nonce keeps
  // foreign scripts out; a frame or a worker of the same origin with this policy alone would do what any script here tells it.
  const anywhere = request.nextUrl.pathname === '/playground' ? ' http: https:' : ''
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    // https: a tenant's logo may stand anywhere.
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${anywhere}${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(home ? [`frame-src 'self' ${home}`] : []),
    `frame-ancestors ${pathname === framed ? '*' : "'none'"}`,
  ].join('; ')

  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Where a page is: its layout is not told otherwise.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  if (pathname !== framed) response.headers.set('X-Frame-Options', 'DENY')
  for (const [name, value] of Object.entries(securityHeaders())) response.headers.set(name, value)
  // What a page may not do itself it cannot allow its frames.
  const may = home ? `(self "${home}")` : '(self)'
  response.headers.set(
    'Permissions-Policy',
    `publickey-credentials-create=${may}, publickey-credentials-get=${may}, camera=(), microphone=(), geolocation=(), payment=(), usb=()`,
  )
  return response
}

/** Pages only. The API authorizes inside itself, and a proxy in front of it would cost more than its work. */
export const config = {
  matcher: [
    '/((?!v1(?:/|$)|\\.well-known(?:/|$)|livez(?:/|$)|readyz(?:/|$)|metrics(?:/|$)|downloads(?:/|$)|console/api(?:/|$)|oauth(?:/|$)|device(?:/|$)|(?:interaction|approval)/[^/]+/api(?:/|$)|account/api(?:/|$)|_next/static/|icon\\.svg$|geist\\.woff2$).*)',
  ],
}
