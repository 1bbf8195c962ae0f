import type { Context, MiddlewareHandler } from 'hono'
import { Problem } from '../problem.ts'
import type { ApiEnv } from './context.ts'

const maxBytes = 64 * 1024
const maxDepth = 32
const maxValues = 1_000
const slowMilliseconds = 500

/**
 * Reads a JSON body before any schema sees it: the right media type, at most 64 KiB, valid UTF-8 and JSON, at most 1,000
 * values in it, nested at most 32 deep, without a member named `__proto__`. Whoever takes long to send one is asked again who they are: a request
 * cannot be held open to outlive a revocation.
 *
 * @throws Problem unsupported_media_type, body_too_large, invalid_request
 */
export const jsonBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const began = performance.now()
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('unsupported_media_type', 'Send the body as “Content-Type: application/json”.')
  }
  const value = parse(await read(c).catch(cutOff))
  const reason = unfit(value, maxDepth)
  if (reason) throw malformed(reason)
  if (performance.now() - began > slowMilliseconds) await c.get('checkAgain')?.()
  // What the schema's validator reads: parsed once.
  c.req.bodyCache = { json: Promise.resolve(value) }
  await next()
}

/** The same, where a body is sent at all. */
export const jsonBodyIfAny: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { headers } = c.req.raw
  const none =
    !headers.has('content-type') &&
    !headers.has('transfer-encoding') &&
    Number(headers.get('content-length') ?? 0) === 0
  return none ? next() : jsonBody(c, next)
}

/** The body's bytes. Where its length is not said before, no more is read than shows that it is too large. */
async function read(c: Context): Promise<Uint8Array> {
  const length = c.req.header('content-length')
  if (Number(length) > maxBytes) throw tooLarge()
  if (length !== undefined) return new Uint8Array(await c.req.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = c.req.raw.body?.getReader()
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length
    if (size > maxBytes) throw tooLarge()
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

/** Whatever breaks off the reading of a body is the client's doing, or its network's. */
function cutOff(error: unknown): never {
  throw error instanceof Problem ? error : malformed('was cut off')
}

function parse(bytes: Uint8Array): unknown {
  // Before they are objects: to read thousands of members' names takes longer than all else together.
  if (valuesIn(bytes) > maxValues) throw malformed(`has more than ${maxValues.toLocaleString('en')} values`)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformed(bytes.byteLength === 0 ? 'is empty' : 'is not JSON in UTF-8')
  }
}

/** How many values JSON has beside each other: a comma outside of texts stands before each but the first. */
function valuesIn(bytes: Uint8Array): number {
  let values = 1
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) inText = !inText
    else if (inText && byte === backslash) at++
    else if (!inText && byte === comma) values++
  }
  return values
}

const [quote, backslash, comma] = Buffer.from('"\\,')

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

/** The rest of the body is not read, so the connection cannot carry another request. */
function tooLarge(): Problem {
  return new Problem('body_too_large', 'A body may have 64 KiB (65,536 bytes) at most.', {
    headers: { Connection: 'close' },
  })
}
