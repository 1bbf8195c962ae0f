import {
  Code,
  ConnectError,
  type ContextValues,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type Interceptor,
} from '@connectrpc/connect'
import type { UniversalHandler, UniversalServerRequest } from '@connectrpc/connect/protocol'
import { callKey } from './call.ts'
import { countRefused, mostBytes } from './count.ts'
import { permit } from './gate.ts'
import { fewValues } from './message-values.ts'
import { refusal } from './refusal.ts'
import { told } from './told.ts'

type Gate = (context: HandlerContext) => Promise<void>

/** A call that was let in, and whose message is not read yet. */
interface Unread {
  signal: AbortSignal
  read: boolean
}

const unreadKey = createContextKey<Unread | undefined>(undefined)

/** What a service needs for `explained`, around its own gate and interceptors. */
export function readable(gate: Gate, interceptors: Interceptor[]) {
  return {
    async requestGate(context: HandlerContext) {
      await gate(context)
      context.values.set(unreadKey, { signal: context.signal, read: false })
    },
    interceptors: [read, ...interceptors],
  }
}

const read: Interceptor = (next) => (request) => {
  const unread = request.contextValues.get(unreadKey)
  if (unread) unread.read = true
  return next(request)
}

/**
 * A handler whose every refusal has a reason and is counted: the library refuses a message that it cannot read, or that is
 * too large, before any interceptor hears of it. Such a call is refused here as all others are, in the protocol in which it
 * came.
 */
export function explained(handler: UniversalHandler): UniversalHandler {
  const answer = async (request: UniversalServerRequest) => {
    const contextValues = createContextValues()
    const first = await handler({ ...request, body: boundedBody(handler, request), contextValues })
    const unread = contextValues.get(unreadKey)
    if (!unread || unread.read) return first
    const refused = await refusalOf(handler, contextValues, unread.signal.reason)
    return handler({ ...request, header: withoutEncoding(request.header), body: failing(refused) })
  }
  return Object.assign(answer, handler)
}

function boundedBody({ method: { input } }: UniversalHandler, { body, header }: UniversalServerRequest) {
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return body
  const type = header.get('content-type') ?? ''
  return fewValues(body as AsyncIterable<Uint8Array>, { type, input, most: mostBytes })
}

async function refusalOf({ service, method }: UniversalHandler, values: ContextValues, reason: unknown) {
  const call = values.get(callKey)
  if (!call) return told(blamed(reason))
  const late = await permit({ service, method, values } as HandlerContext).then(
    () => undefined,
    (error: unknown) => error,
  )
  return countRefused(call, late ?? blamed(reason))
}

/** What the library calls an internal error before a handler was reached lies in the message: its bytes are no such message. */
function blamed(reason: unknown): unknown {
  if (!(reason instanceof ConnectError) || reason.code !== Code.Internal) return reason
  return refusal('invalid_request', `The message cannot be read (${reason.rawMessage}).`, { cause: reason })
}

/** What the first answer may have been refused for stands in the way of no other. */
function withoutEncoding(header: Headers): Headers {
  const plain = new Headers(header)
  for (const name of ['connect-content-encoding', 'content-encoding', 'grpc-encoding']) plain.delete(name)
  for (const name of ['connect-timeout-ms', 'grpc-timeout', 'content-length']) plain.delete(name)
  return plain
}

// biome-ignore lint/correctness/useYield: the message that never comes
async function* failing(refused: ConnectError): AsyncGenerator<Uint8Array> {
  throw refused
}
