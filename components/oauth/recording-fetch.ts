import type { Header, HttpMessage, MessageKind } from './oauth-flow.ts'

const kinds: readonly (readonly [pattern: RegExp, kind: MessageKind])[] = [
  [/\/\.well-known\/jwks\.json$/, 'keys'],
  [/\/\.well-known\//, 'metadata'],
  [/\/oauth\/par$/, 'par'],
  [/\/oauth\/device$/, 'device'],
  [/\/oauth\/token$/, 'token'],
  [/\/oauth\/userinfo$/, 'userinfo'],
  [/\/oauth\/introspect$/, 'introspect'],
  [/\/oauth\/revoke$/, 'revoke'],
]

/** `fetch`, with every message written down but for a client's secret: once it is sent, and again once it is answered. */
export function recordingFetch(write: (message: HttpMessage, before?: HttpMessage) => void): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input), location.href)
    const message: HttpMessage = {
      kind: kinds.find(([pattern]) => pattern.test(url.pathname))?.[1] ?? 'api',
      method: init.method ?? 'GET',
      url: url.href,
      headers: headersOf(new Headers(init.headers)),
      body: init.body === undefined || init.body === null ? undefined : String(init.body),
    }
    write(message)
    const began = performance.now()
    const response = await fetch(input, init)
    const body = await response.clone().text()
    const answer = { status: response.status, headers: headersOf(response.headers), body }
    write({ ...message, answer, took: performance.now() - began }, message)
    return response
  }
}

function headersOf(headers: Headers): Header[] {
  return [...headers].map(([name, value]) => [name, name === 'authorization' ? withoutSecret(value) : value] as const)
}

/** @see https://www.rfc-editor.org/rfc/rfc7617 */
function withoutSecret(authorization: string): string {
  return authorization.replace(/^Basic .*$/i, 'Basic (the client’s id and secret, which are not shown)')
}
