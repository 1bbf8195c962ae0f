import { ConnectError } from '@connectrpc/connect'
import { codeToHttpStatus, errorFromJsonBytes } from '@connectrpc/connect/protocol-connect'
import { findTrailerError } from '@connectrpc/connect/protocol-grpc'
import { trailerFlag, trailerParse } from '@connectrpc/connect/protocol-grpc-web'
import { ErrorInfoSchema } from '../../mpc/proto/google/rpc/error_details_pb.js'
import type { Answered } from './connection.ts'

interface Refusal {
  /** As Connect has it, also where gRPC-Web says 200 and the rest in its trailers. */
  status: number
  code: string
  detail: string
}

const headLength = 5

/** Why the MPC server refused a call, by its answer in either protocol; undefined where it did not. */
export function refusalIn({ status, headers, body }: Answered): Refusal | undefined {
  try {
    if (status >= 400) return asLogged(errorFromJsonBytes(body, undefined, new ConnectError('No reason was given.')))
    const type = headers['content-type'] ?? ''
    if (!type.startsWith('application/grpc-web')) return undefined
    const error = findTrailerError(new Headers(headers)) ?? findTrailerError(trailersOf(body))
    return error && asLogged(error)
  } catch {
    return undefined
  }
}

/** A refusal, as the log of requests has it: its stable word, and its sentence. */
export function asLogged(error: ConnectError): Refusal {
  const [info] = error.findDetails(ErrorInfoSchema)
  return { status: codeToHttpStatus(error.code), code: info?.reason || 'internal', detail: error.rawMessage }
}

function trailersOf(body: Uint8Array): Headers {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  for (let at = 0; at + headLength <= body.byteLength; ) {
    const end = at + headLength + view.getUint32(at + 1)
    if (view.getUint8(at) === trailerFlag) return trailerParse(body.subarray(at + headLength, end))
    at = end
  }
  return new Headers()
}
