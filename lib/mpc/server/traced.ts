import { Code } from '@connectrpc/connect'
import type { UniversalHandler, UniversalServerRequest, UniversalServerResponse } from '@connectrpc/connect/protocol'
import { beginSpan, type OpenSpan } from '#lib/foundation/tracing/tracing.ts'

/** A handler of whose every call a collector is told, where one is: as a part of the trace that the caller says. */
export function traced(handler: UniversalHandler): UniversalHandler {
  const name = `${handler.service.typeName}/${handler.method.name}`
  const answer = async (request: UniversalServerRequest): Promise<UniversalServerResponse> => {
    const span = beginSpan(request.header.get('traceparent') ?? undefined)
    if (!span) return handler(request)
    const response = await span.within(() => handler(request))
    return { ...response, body: untilItsEnd(response, () => end(span, name, response)) }
  }
  return Object.assign(answer, handler)
}

/** What an answer is called is known once its last byte is written: gRPC says it after the message. */
async function* untilItsEnd({ body }: UniversalServerResponse, ended: () => void): AsyncGenerator<Uint8Array> {
  try {
    if (body instanceof Uint8Array) yield body
    else if (body) yield* body
  } finally {
    ended()
  }
}

/**
 * With the status where gRPC has it; gRPC-Web says it inside the body, and the gateway's span has its reason.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
 */
function end(span: OpenSpan, name: string, { status, header, trailer }: UniversalServerResponse): void {
  const grpc = trailer?.get('grpc-status') ?? header?.get('grpc-status')
  span.end({
    name,
    attributes: {
      'rpc.method': name,
      'http.response.status_code': status,
      ...(grpc ? { 'rpc.response.status_code': Number(grpc) } : {}),
    },
    failed: status >= 500 || ofTheServer.has(Number(grpc)),
  })
}

const ofTheServer: ReadonlySet<Code> = new Set([Code.Unknown, Code.Internal, Code.Unavailable, Code.DataLoss])
