import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Attribute {
  key: string
  value: { stringValue?: string; intValue?: number }
}
export interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Attribute[]
  status: { code: number }
}
interface Metric {
  name: string
  sum?: { isMonotonic: boolean; dataPoints: { asDouble: number; attributes: Attribute[] }[] }
  histogram?: {
    dataPoints: { count: number; bucketCounts: number[]; explicitBounds: number[]; attributes: Attribute[] }[]
  }
}

/** A collector of OpenTelemetry’s that keeps what it is sent. */
export async function collector() {
  const bodies: { url: string; body: string }[] = []
  const server = createServer(async (incoming, outgoing) => {
    bodies.push({ url: incoming.url ?? '', body: await text(incoming) })
    outgoing.setHeader('Content-Type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const of = <Kind>(url: string, read: (document: never) => Kind[]) =>
    bodies.filter((one) => one.url === url).flatMap(({ body }) => read(JSON.parse(body) as never))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    all: () => bodies.map(({ body }) => body).join('\n'),
    spans: () =>
      of<Span>('/v1/traces', ({ resourceSpans }: { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    metrics: () =>
      of<Metric>(
        '/v1/metrics',
        ({ resourceMetrics }: { resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[] }) =>
          resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)),
      ),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** Attributes by their names. */
export const valuesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))
