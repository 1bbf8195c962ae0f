import { type OpenSpan, type Tracing, traceWith } from '#lib/foundation/tracing/tracing.ts'
import { env } from '../env.ts'

/** An answer of the API, as its span tells of it: nothing in it was sent by whoever asked but the method. */
interface Answered {
  requestId: string
  method: string
  /** The pattern of the route, and no path; undefined where nothing is there. */
  route: string | undefined
  operation: string | undefined
  status: number
  /** The code of what was refused. */
  error: string | undefined
}

let telling: Tracing | undefined

/** Begins to tell a collector of OpenTelemetry’s, where the settings name one; its library is loaded only there. */
export async function startTelemetry(): Promise<void> {
  const { otlpEndpoint } = env()
  if (!otlpEndpoint) return
  telling = (await import('./otlp.ts')).tellCollector(otlpEndpoint)
  traceWith(telling)
}

/**
 * Ends the span of an answer.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function endAnswer(span: OpenSpan, { requestId, method, route, operation, status, error }: Answered): void {
  span.end({
    name: route ? `${method} ${route}` : method,
    attributes: {
      'http.request.method': method,
      'http.response.status_code': status,
      ...(route ? { 'http.route': route } : {}),
      ...(error || status >= 500 ? { 'error.type': error ?? String(status) } : {}),
      ...(operation ? { 'playground.operation': operation } : {}),
      'playground.request_id': requestId,
    },
    failed: status >= 500,
  })
}

/** Sends what is left. A collector that is away is waited for two seconds. */
export async function stopTelemetry(): Promise<void> {
  const ending = telling
  telling = undefined
  traceWith(undefined)
  await ending?.stop()
}
