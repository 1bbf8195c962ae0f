import { type Client, createClient } from '@connectrpc/connect'
import { createConnectTransport } from '@connectrpc/connect-web'
import { TenantKeyService } from '../../mpc/proto/mpc_pb.js'
import type { Caller } from '../caller.ts'
import { issueTenantToken } from '../tokens/tenant-token.ts'
import { forward } from './forward.ts'

const patienceMilliseconds = 5_000

/** This server's own way to the MPC server: over the connections of the gateway, to whichever is there. */
const client: Client<typeof TenantKeyService> = createClient(
  TenantKeyService,
  createConnectTransport({
    // The connection knows where.
    baseUrl: 'http://mpc-server',
    useBinaryFormat: true,
    defaultTimeoutMs: patienceMilliseconds,
    async fetch(input, { headers, body, signal } = {}) {
      const call = {
        path: new URL(String(input)).pathname,
        headers: Object.fromEntries(new Headers(headers)),
        body: body as Uint8Array,
        ...(signal ? { signal } : {}),
      }
      const answer = await forward(call, undefined)
      return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status, headers: answer.headers })
    },
  }),
)

/** Asks the MPC server for a tenant's keys: with a token of its own for each call, which ends with it. */
export async function asTenant<Answer>(
  caller: Caller,
  ask: (keys: typeof client, options: { headers: HeadersInit }) => Promise<Answer>,
): Promise<Answer> {
  return ask(client, { headers: { authorization: `Bearer ${await issueTenantToken(caller)}` } })
}
