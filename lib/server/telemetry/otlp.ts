import { defaultTextMapGetter, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { figuresFor } from './figures.ts'
import type { Answered, Telemetry } from './told.ts'

const [everyMilliseconds, patience, lastPatience] = [30_000, 5_000, 2_000]

/**
 * Tells a collector by OTLP over HTTP, as JSON: a span for each answer of the API, and every half minute what /metrics has. Headers
 * for it, and the resource's attributes, come from OpenTelemetry's own variables.
 *
 * @param endpoint where OTLP is taken, without the `/v1/…` of each kind
 * @see https://opentelemetry.io/docs/specs/otlp/
 */
export function tellCollector(endpoint: string): Telemetry {
  const at = (kind: string) => ({ url: `${endpoint.replace(/\/$/, '')}/v1/${kind}`, timeoutMillis: patience })
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'webauthn-playground' }))
    // Each process is told of by itself: what it counts begins with it.
    .merge(detectResources({ detectors: [envDetector, serviceInstanceIdDetector] }))
  const traces = new TracerProvider({
    resource,
    // A caller's word that a trace is not to be kept does not hide a request.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(at('traces')) })],
  })
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(at('metrics')),
    exportIntervalMillis: everyMilliseconds,
    exportTimeoutMillis: patience,
    metricProducers: [{ collect: () => figuresFor(resource) }],
  })
  const meters = new MeterProvider({ resource, readers: [reader] })
  const tracer = traces.getTracer('webauthn-playground')
  const propagator = new W3CTraceContextPropagator()

  return {
    note(answer) {
      const end = Date.now()
      const parent = propagator.extract(ROOT_CONTEXT, { traceparent: answer.traceparent }, defaultTextMapGetter)
      const { method, route, status, milliseconds } = answer
      const name = route ? `${method} ${route}` : method
      const startTime = end - milliseconds
      const span = tracer.startSpan(
        name,
        { kind: SpanKind.SERVER, startTime, attributes: attributesOf(answer) },
        parent,
      )
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(end)
    },
    async stop() {
      const sent = Promise.allSettled([traces.shutdown(), meters.shutdown()])
      const late = new Promise<void>((resolve) => setTimeout(resolve, lastPatience).unref())
      await Promise.race([sent, late])
    },
  }
}

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/ */
function attributesOf({ requestId, method, route, operation, status, error }: Answered) {
  return {
    'http.request.method': method,
    'http.response.status_code': status,
    ...(route ? { 'http.route': route } : {}),
    ...(error || status >= 500 ? { 'error.type': error ?? String(status) } : {}),
    ...(operation ? { 'playground.operation': operation } : {}),
    'playground.request_id': requestId,
  }
}
