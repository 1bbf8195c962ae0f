import { env } from '../env.ts'

/** An answer of the API, as a span tells of it: nothing in it was sent by whoever asked but the method. */
export interface Answered {
  requestId: string
  method: string
  /** The pattern of the route, and no path; undefined where nothing is there. */
  route: string | undefined
  operation: string | undefined
  status: number
  milliseconds: number
  /** The code of what was refused. */
  error: string | undefined
  /** The trace that the request goes on with, as its header says it. */
  traceparent: string | undefined
}

/** What tells a collector. */
export interface Telemetry {
  note(answer: Answered): void
  /** Sends what is left, and ends. */
  stop(): Promise<void>
}

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
