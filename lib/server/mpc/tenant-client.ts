import { type Client, Code, ConnectError, createClient } from '@connectrpc/connect'
import { createConnectTransport } from '@connectrpc/connect-web'
import { TenantKeyService } from '../../mpc/proto/mpc_pb.js'
import type { Caller } from '../caller.ts'
import { env } from '../env.ts'
import { issueTenantToken } from '../tokens/tenant-token.ts'
import { forward, orderFor } from './forward.ts'

const patienceMilliseconds = 5_000

type Keys = Client<typeof TenantKeyService>

/** Over the connections of the gateway. */
function keysAt(origin: string): Keys {
  const transport = createConnectTransport({
    baseUrl: origin,
    useBinaryFormat: true,
    defaultTimeoutMs: patienceMilliseconds,
    async fetch(input, { headers, body, signal } = {}) {
      const call = {
        path: new URL(String(input)).pathname,
        headers: Object.fromEntries(new Headers(headers)),
        body: body as Uint8Array,
        ...(signal ? { signal } : {}),
      }
      const answer = await forward(call, undefined, [origin])
      return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status, headers: answer.headers })
    },
  })
  return createClient(TenantKeyService, transport)
}

/**
 * Asks the environment's MPC servers for a tenant's keys, in turn until one answers: with a token of its own, which ends with
 * this. Whatever is asked may be asked again.
 *
 * @throws ConnectError what one refused, or that all are away
 */
export async function asTenant<Answer>(
  caller: Caller,
  ask: (keys: Keys, options: { headers: HeadersInit }) => Promise<Answer>,
): Promise<Answer> {
  const options = { headers: { authorization: `Bearer ${await issueTenantToken(caller)}` } }
  let away: ConnectError | undefined
  for (const origin of orderFor(undefined, env().mpcUrls[caller.environment])) {
    try {
      return await ask(keysAt(origin), options)
    } catch (thrown) {
      const error = ConnectError.from(thrown)
      if (error.code !== Code.Unavailable) throw error
      away = error
    }
  }
  throw away
}
