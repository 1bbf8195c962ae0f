import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { api } from '../api/app.ts'
import { answerElsewhere } from '../api/mount.ts'
import { apiPath } from '../api/paths.ts'
import { sendingText } from '../api/text-answer.ts'
import { hasBody, isRead, refusedByPages } from './page-request.ts'
import { refuse } from './refuse.ts'

/**
 * Hands API requests to the API, and what a page can answer to Next; the rest is refused here. The path decides as Next
 * will read it, with its dots resolved: a request for the API never reaches Next's own mount of it, which does not know
 * the client's address.
 */
export function dispatch(pages: RequestListener): RequestListener {
  const answer = getRequestListener(sendingText(api().fetch), { overrideGlobalObjects: false })
  answerElsewhere()
  return (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    const target = targetOf(url)
    if (target !== undefined) incoming.url = target
    const forApi = target !== undefined && apiPath.test(target)
    const request = { method, target, header: (name: string) => headers[name]?.toString() }
    const refused = forApi ? undefined : refusedByPages(request)
    if (refused) return refuse(refused, incoming, outgoing)
    // What is refused is not asked for first.
    if (headers.expect) outgoing.writeContinue()
    if (!forApi) return pages(incoming, outgoing)
    // Nobody reads such a body: the connection ends with the answer, and does not wait for the rest of it.
    if (isRead(request) && hasBody(request)) outgoing.shouldKeepAlive = false
    // Nothing in the API reads the Host: fixed here, a forged or malformed one cannot even fail.
    headers.host = 'localhost'
    void answer(incoming as IncomingMessage, outgoing)
  }
}

/**
 * A request's path and query with its dots resolved, also where it comes in the absolute form; undefined where it names
 * none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
function targetOf(url: string): string | undefined {
  const isPath = url.startsWith('/')
  if (isPath && !/\/\.|\\|%2e/i.test(url)) return url
  const parsed = isPath ? URL.parse(url, 'http://localhost') : URL.parse(url)
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed.pathname + parsed.search
  return isPath ? url : undefined
}
