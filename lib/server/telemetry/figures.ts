import { type HrTime, ValueType } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type MetricData,
} from '@opentelemetry/sdk-metrics'
import { figures } from '../metrics/metrics.ts'

type Figure = Awaited<ReturnType<typeof figures>>[number]
type Sample = Figure['values'][number] & { metricName?: string }

const began = hrTime(Date.now() - process.uptime() * 1000)

/** What /metrics has, in OpenTelemetry's terms: the same names and labels, counted since the process began. */
export async function figuresFor(resource: Resource): Promise<CollectionResult> {
  const now = hrTime(Date.now())
  const metrics = (await figures()).flatMap((figure) => metricOf(figure, now) ?? [])
  const scope = { name: 'webauthn-playground' }
  return { resourceMetrics: { resource, scopeMetrics: [{ scope, metrics }] }, errors: [] }
}

function metricOf(figure: Figure, endTime: HrTime): MetricData | undefined {
  const { name, help } = figure
  const base = {
    descriptor: { name, description: help, unit: name.endsWith('_seconds') ? 's' : '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const point = <Value>(attributes: Sample['labels'], value: Value) => ({
    ...{ startTime: began, endTime, value },
    attributes: attributes as Record<string, string | number>,
  })
  const samples = figure.values as Sample[]
  const dataPoints = samples.map(({ labels, value }) => point(labels, value))
  switch (String(figure.type)) {
    case 'counter':
      return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
    case 'gauge':
      return { ...base, dataPointType: DataPointType.GAUGE, dataPoints }
    case 'histogram':
      return {
        ...base,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: seriesOf(samples).map(([labels, series]) => point(labels, histogramOf(name, series))),
      }
    default:
      return undefined
  }
}

/** The samples of each set of labels but the bucket’s. */
function seriesOf(samples: Sample[]): [Sample['labels'], Sample[]][] {
  const all = new Map<string, [Sample['labels'], Sample[]]>()
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels as Record<string, string | number>
    const key = JSON.stringify(Object.entries(labels).sort())
    const known = all.get(key) ?? [labels, []]
    known[1].push(sample)
    all.set(key, known)
  }
  return [...all.values()]
}

/** Of each bucket its own count: Prometheus has in each what is in those below it, too. */
function histogramOf(name: string, series: Sample[]) {
  const buckets = series
    .filter(({ metricName }) => metricName === `${name}_bucket`)
    .map(({ labels, value }) => ({ bound: Number((labels as { le: string | number }).le), value }))
    .map(({ bound, value }) => ({ bound: Number.isNaN(bound) ? Number.POSITIVE_INFINITY : bound, value }))
    .sort((one, other) => one.bound - other.bound)
  const whole = (suffix: string) => series.find(({ metricName }) => metricName === `${name}_${suffix}`)?.value ?? 0
  return {
    buckets: {
      boundaries: buckets.map(({ bound }) => bound).filter(Number.isFinite),
      counts: buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0)),
    },
    sum: whole('sum'),
    count: whole('count'),
  }
}

function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000)
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)]
}
