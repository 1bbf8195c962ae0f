import { env } from '../env.ts'
import type { Answered, Telemetry } from './told.ts'

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundTelemetry?: Telemetry | undefined }

/** Begins to tell a collector of OpenTelemetry’s, where the settings name one; its library is loaded only there. */
export async function startTelemetry(): Promise<void> {
  const { otlpEndpoint } = env()
  if (otlpEndpoint) shared.playgroundTelemetry = (await import('./otlp.ts')).tellCollector(otlpEndpoint)
}

/** Tells of an answer, where anybody is to be told. */
export function traceAnswer(answer: Answered): void {
  shared.playgroundTelemetry?.note(answer)
}

/** Sends what is left. A collector that is away is waited for two seconds. */
export async function stopTelemetry(): Promise<void> {
  const telemetry = shared.playgroundTelemetry
  shared.playgroundTelemetry = undefined
  await telemetry?.stop()
}
