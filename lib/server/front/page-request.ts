import { Problem } from '../problem.ts'
import { isRouterState } from './router-state.ts'

/** What of a request decides who can answer it. */
interface Asked {
  method: string
  /** Path and query; undefined where the request names none. */
  target: string | undefined
  header(name: string): string | undefined
}

const close = { Connection: 'close' }

/**
 * Why no page takes a request, or undefined where one may. Pages are read, and nothing is sent to them: a body that no
 * page asks for would be kept in memory by Next, and what Next cannot read it answers with 500.
 */
export function refusedByPages(request: Asked): Problem | undefined {
  const { target, header } = request
  if (!isRead(request)) {
    return new Problem('method_not_allowed', 'Pages are read: use GET or HEAD.', {
      headers: { Allow: 'GET, HEAD', ...close },
    })
  }
  if (hasBody(request)) return malformed('A page takes no body.')
  if (!target?.startsWith('/')) return malformed('The request names no path.')
  if (!isDecodable(target)) return malformed('The path has a % in it that begins no UTF-8 character.')
  const state = header('next-router-state-tree')
  if (state === undefined || isRouterState(state)) return undefined
  return malformed('next-router-state-tree is not of a page of this server.')
}

/** Whether a request reads, and changes nothing. */
export function isRead({ method }: Pick<Asked, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Whether a request announces a body. */
export function hasBody({ header }: Pick<Asked, 'header'>): boolean {
  return header('transfer-encoding') !== undefined || Number(header('content-length') ?? 0) > 0
}

function malformed(detail: string): Problem {
  return new Problem('invalid_request', detail, { headers: close })
}

function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}
