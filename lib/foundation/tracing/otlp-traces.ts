import { AsyncLocalStorage } from 'node:async_hooks'
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { Resource } from '@opentelemetry/resources'
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { collectorAt } from './otlp-collector.ts'
import type { Tracing } from './tracing.ts'

/**
 * Tells a collector of spans by OTLP over HTTP, as JSON.
 *
 * @param endpoint where OTLP is taken, without the `/v1/…` of each kind
 */
export function tracesTo(endpoint: string, resource: Resource): Tracing {
  const traces = new TracerProvider({
    resource,
    // A caller's word that a trace is not to be kept does not hide a request.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(collectorAt(endpoint, 'traces')) })],
  })
  const tracer = traces.getTracer('webauthn-playground')
  const propagator = new W3CTraceContextPropagator()
  const open = new AsyncLocalStorage<Span>()

  return {
    begin(traceparent) {
      const parent = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent)
      return {
        within: (work) => open.run(span, work),
        end({ name, attributes, failed }) {
          span.updateName(name)
          span.setAttributes(attributes)
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    async step(name, attributes, work) {
      const parent = open.getStore()
      if (!parent) return work(undefined)
      const options = { kind: SpanKind.CLIENT, attributes }
      const span = tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, parent))
      try {
        return await open.run(span, () => work(traceparentOf(span)))
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    stop: () => traces.shutdown(),
  }
}

function traceparentOf(span: Span): string {
  const { traceId, spanId } = span.spanContext()
  return `00-${traceId}-${spanId}-0${TraceFlags.SAMPLED}`
}
