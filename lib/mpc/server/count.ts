import { toBinary } from '@bufbuild/protobuf'
import { Code, type ConnectError, type Interceptor, type StreamRequest, type UnaryRequest } from '@connectrpc/connect'
import { type GrpcStatus, grpcStatuses } from '#lib/contract/mpc-operations.ts'
import { type Call, callKey } from './call.ts'
import { permit } from './gate.ts'
import { refusal } from './refusal.ts'
import { told } from './told.ts'
import { count } from './usage/outbox.ts'

/** What a message may be, in bytes. */
export const maxMessageBytes = 65_536
/** What is larger by so much is refused before it is read whole; the rest once it is known how large it is. */
export const mostBytes = 4 * maxMessageBytes

/**
 * Counts every call that has passed authentication, once, before it is answered: those that a handler counted in the
 * transaction of their effect are done. An answer that cannot be counted is not given.
 */
export const counted: Interceptor = (next) => async (request) => {
  const call = request.contextValues.get(callKey)
  if (!call) return next(request)
  const context = { service: request.service, method: request.method, values: request.contextValues }
  try {
    await permit(context as Parameters<typeof permit>[0])
    refuseTooLarge(request)
    const response = await next(request)
    if (!call.counted) await count(call, 'OK')
    return response
  } catch (error) {
    throw await countRefused(call, error)
  }
}

/** What a call is refused with for an error, once it is counted: with the failure to count it, where that failed. */
export async function countRefused(call: Call, error: unknown): Promise<ConnectError> {
  const refused = told(error)
  // What was not taken is not counted; the count would be refused as the call was.
  if (call.counted || refused.code === Code.Unavailable) return refused
  return count(call, statusOf(refused)).then(() => refused, told)
}

/** @throws ConnectError RESOURCE_EXHAUSTED */
export function refuseTooLarge(request: UnaryRequest | StreamRequest): void {
  if (request.stream || toBinary(request.method.input, request.message).length <= maxMessageBytes) return
  throw refusal('too_large', `A message may have ${maxMessageBytes} bytes.`)
}

function statusOf({ code }: ConnectError): GrpcStatus {
  return grpcStatuses[code] ?? grpcStatuses[Code.Unknown] ?? 'UNKNOWN'
}
