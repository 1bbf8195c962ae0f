import { create, toBinary } from '@bufbuild/protobuf'
import { Code, ConnectError, type Transport } from '@connectrpc/connect'
import { mpcErrorOf } from './mpc-error.ts'
import type { OnRound } from './round.ts'

const tries = 3

/**
 * A transport that sends the token, reports each message, and asks again where nobody answered: a round that is asked again
 * in the same words is answered with the same bytes.
 *
 * Refusals come out as MpcError.
 */
export function watchedTransport(transport: Transport, token: string, onRound: OnRound = () => {}): Transport {
  return {
    ...transport,
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const name = `${method.parent.name.replace(/Service$/, '').toLowerCase()}.${method.localName}`
      const headers = new Headers(header)
      headers.set('authorization', `Bearer ${token}`)
      const bytes = toBinary(method.input, create(method.input, input)).length
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted()
        const began = performance.now()
        onRound({ name, direction: 'sent', party: 'server', bytes })
        const received = (of: { bytes: number; reason?: string }) =>
          onRound({ name, direction: 'received', party: 'server', duration: performance.now() - began, ...of })
        try {
          const answer = await transport.unary(method, signal, timeoutMs, headers, input, contextValues)
          received({ bytes: toBinary(method.output, answer.message).length })
          return answer
        } catch (error) {
          signal?.throwIfAborted()
          const refusal = mpcErrorOf(error) as Error & { reason?: string }
          received({ bytes: 0, ...(refusal.reason ? { reason: refusal.reason } : {}) })
          if (!isAway(error) || attempt === tries) throw refusal
          await pause(secondsOf(error) * 1000 || 200 * attempt, signal)
        }
      }
    },
  }
}

/** Nobody answered, or the answer broke off on the way here: an INTERNAL of this side, which has a cause and came over no wire. */
function isAway(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false
  const brokeOff = error.code === Code.Internal && error.cause !== undefined
  return (error.code === Code.Unavailable || brokeOff) && secondsOf(error) <= 5
}

function secondsOf(error: unknown): number {
  return error instanceof ConnectError ? Number(error.metadata.get('retry-after') ?? 0) || 0 : 0
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
