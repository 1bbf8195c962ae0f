import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources'

/** How long a collector is waited for, in milliseconds; and at the end of the process. */
export const [patience, lastPatience] = [5_000, 2_000]

/** Where a collector takes one kind. Headers for it come from OpenTelemetry’s own variables. */
export function collectorAt(endpoint: string, kind: 'traces' | 'metrics'): { url: string; timeoutMillis: number } {
  return { url: `${endpoint.replace(/\/$/, '')}/v1/${kind}`, timeoutMillis: patience }
}

/** What a collector knows this process by: each is told of by itself, and OpenTelemetry’s own variables add to it. */
export function resourceOf(service: string): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': service }))
    .merge(detectResources({ detectors: [envDetector, serviceInstanceIdDetector] }))
}

/** Waits for what is left to be sent, but not for long. */
export async function sentInTime(...sent: Promise<void>[]): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, lastPatience).unref())
  await Promise.race([Promise.allSettled(sent), late])
}
