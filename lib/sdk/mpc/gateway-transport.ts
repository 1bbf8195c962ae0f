import type { Transport } from '@connectrpc/connect'
import { createConnectTransport } from '@connectrpc/connect-web'

/** Through the auth server at `baseUrl`, in the protocol that browsers speak. */
export function gatewayTransport(baseUrl: string, fetch?: typeof globalThis.fetch): Transport {
  return createConnectTransport({ baseUrl: `${baseUrl}/v1/mpc`, useBinaryFormat: true, ...(fetch ? { fetch } : {}) })
}
