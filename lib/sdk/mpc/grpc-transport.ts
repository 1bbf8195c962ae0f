import type { Transport } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'

/** gRPC over HTTP/2, straight to an MPC server or to the gRPC port of the gateway in front of it. Node only. */
export function grpcTransport(baseUrl: string): Transport {
  return createGrpcTransport({ baseUrl })
}
