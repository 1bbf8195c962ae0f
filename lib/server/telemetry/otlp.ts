import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { collectorAt, patience, resourceOf, sentInTime } from '#lib/foundation/tracing/otlp-collector.ts'
import { tracesTo } from '#lib/foundation/tracing/otlp-traces.ts'
import type { Tracing } from '#lib/foundation/tracing/tracing.ts'
import { figuresFor } from './figures.ts'

const everyMilliseconds = 30_000

/**
 * Tells a collector by OTLP over HTTP, as JSON: a span for each answer of the API, with its steps, and every half minute what
 * /metrics has.
 *
 * @param endpoint where OTLP is taken, without the `/v1/…` of each kind
 * @see https://opentelemetry.io/docs/specs/otlp/
 */
export function tellCollector(endpoint: string): Tracing {
  const resource = resourceOf('webauthn-playground')
  const traces = tracesTo(endpoint, resource)
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(collectorAt(endpoint, 'metrics')),
    exportIntervalMillis: everyMilliseconds,
    exportTimeoutMillis: patience,
    metricProducers: [{ collect: () => figuresFor(resource) }],
  })
  const meters = new MeterProvider({ resource, readers: [reader] })
  return { ...traces, stop: () => sentInTime(traces.stop(), meters.shutdown()) }
}
