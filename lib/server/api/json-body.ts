import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import { jsonSize } from '#lib/webauthn/decode/json-size.ts'
import { Problem } from '../problem.ts'
import type { ApiEnv } from './context.ts'

const maxBytes = 64 * 1024
const maxDepth = 32
const defaultValues = 1_000
const slowMilliseconds = 500
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON body before any schema sees it: the right media type, at most 64 KiB, valid UTF-8 and JSON, at most 1,000
 * values in it, nested at most 32 deep, without a member named `__proto__`. Whoever takes long to send one is asked again
 * who they are: a request cannot be held open to outlive a revocation.
 *
 * @throws Problem unsupported_media_type, body_too_large, invalid_request
 */
export const jsonBody = jsonBodyOf()

/** The same, with room for another number of values. */
export function jsonBodyOf({ values = defaultValues } = {}): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await takeJson(c, values)
    await next()
  }
}

/** The same, for whoever goes on by itself. */
export async function takeJson(c: Context<ApiEnv>, values = defaultValues): Promise<void> {
  const began = performance.now()
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('unsupported_media_type', 'Send the body as “Content-Type: application/json”.')
  }
  const value = parse(await readBody(c), values)
  if (hasProto(value)) throw malformed('has a member named __proto__')
  if (performance.now() - began > slowMilliseconds) await c.get('checkAgain')?.()
  // What handlers and the schema's validator read: parsed once. By itself, Hono would write it as JSON and parse that.
  const body = Promise.resolve(value)
  c.req.bodyCache = { json: body }
  c.req.json = <Value>() => body as Promise<Value>
}

/** The same, where a body is sent at all. */
export async function takeJsonIfAny(c: Context<ApiEnv>): Promise<void> {
  const { headers } = c.req.raw
  const none =
    !headers.has('content-type') &&
    !headers.has('transfer-encoding') &&
    Number(headers.get('content-length') ?? 0) === 0
  if (!none) await takeJson(c)
}

/**
 * The body's bytes, 64 KiB at most.
 *
 * @throws Problem body_too_large, invalid_request where it was cut off
 */
export function readBody(c: Context): Promise<Uint8Array> {
  return read(c).catch(cutOff)
}

/** The body's bytes. Where its length is not said before, no more is read than shows that it is too large. */
async function read(c: Context): Promise<Uint8Array> {
  const length = c.req.header('content-length')
  if (Number(length) > maxBytes) throw tooLarge()
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  if (incoming && !incoming.destroyed) return readIncoming(incoming)
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

/** The same, from Node's own request: through the library's, which stands for it, it costs as much again as a bare answer. */
function readIncoming(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    let isWhole = false
    const take = (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= maxBytes) return void chunks.push(chunk)
      incoming.off('data', take).pause()
      reject(tooLarge())
    }
    incoming.on('data', take)
    incoming.once('end', () => {
      isWhole = true
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    incoming.once('error', reject).once('close', () => {
      // An error with its stack for every request that went well would cost a fiftieth of a sign-in.
      if (!isWhole) reject(new Error('The connection was closed.'))
    })
  })
}

/** Whatever breaks off the reading of a body is the client's doing, or its network's. */
function cutOff(error: unknown): never {
  throw error instanceof Problem ? error : malformed('was cut off')
}

function parse(bytes: Uint8Array, maxValues: number): unknown {
  const { values, depth } = jsonSize(bytes)
  if (values > maxValues) throw malformed(`has more than ${maxValues.toLocaleString('en')} values`)
  if (depth > maxDepth) throw malformed(`is nested deeper than ${maxDepth} levels`)
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw malformed(bytes.byteLength === 0 ? 'is empty' : 'is not JSON in UTF-8')
  }
}

function hasProto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProto)
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
