import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '../problem.ts'

const maxBytes = 64 * 1024
const maxDepth = 32

const limit = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    throw new Problem('body_too_large', 'A body may have 64 KiB (65,536 bytes) at most.')
  },
})

/**
 * Reads a JSON body before any schema sees it: the right media type, at most 64 KiB, valid UTF-8 and JSON, nested at
 * most 32 deep, without a member named `__proto__`.
 *
 * @throws Problem unsupported_media_type, body_too_large, invalid_request
 */
export const jsonBody: MiddlewareHandler = async (c, next) => {
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('unsupported_media_type', 'Send the body as “Content-Type: application/json”.')
  }
  await limit(c, async () => {
    const value = parse(await c.req.arrayBuffer())
    const reason = unfit(value, maxDepth)
    if (reason) throw malformed(reason)
    // What the schema's validator reads: parsed once.
    c.req.bodyCache = { json: Promise.resolve(value) }
    await next()
  })
}

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformed(bytes.byteLength === 0 ? 'is empty' : 'is not JSON in UTF-8')
  }
}

function unfit(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === 0) return `is nested deeper than ${maxDepth} levels`
  if (Object.hasOwn(value, '__proto__')) return 'has a member named __proto__'
  for (const member of Object.values(value)) {
    const reason = unfit(member, depth - 1)
    if (reason) return reason
  }
  return undefined
}

function malformed(reason: string): Problem {
  return new Problem('invalid_request', `The body ${reason}.`, { issues: [{ path: '', message: reason }] })
}
