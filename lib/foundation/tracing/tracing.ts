/** Attributes as OpenTelemetry’s semantic conventions name them: nothing that was sent, and nothing of a person. */
export type Attributes = Readonly<Record<string, string | number>>

/** The span of something that is answered here, until it ends. */
export interface OpenSpan {
  /** Does the work: its steps are this span’s children. */
  within<Result>(work: () => Promise<Result>): Promise<Result>
  /** Ends it, once. */
  end(told: { name: string; attributes: Attributes; failed: boolean }): void
}

/** What tells a collector of spans. */
export interface Tracing {
  begin(traceparent: string | undefined): OpenSpan
  step<Result>(name: string, attributes: Attributes, work: Work<Result>): Promise<Result>
  /** Sends what is left, and ends. */
  stop(): Promise<void>
}

/** What is done in a span; with the `traceparent` that another server is to go on with. */
type Work<Result> = (traceparent: string | undefined) => Promise<Result>

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundTracing?: Tracing | undefined }

/** Has spans told from now on; or to nobody. */
export function traceWith(tracing: Tracing | undefined): void {
  shared.playgroundTracing = tracing
}

/** Whether anybody is told. */
export function isTraced(): boolean {
  return shared.playgroundTracing !== undefined
}

/**
 * Begins the span of what is answered here; undefined where nobody is told.
 *
 * @param traceparent the trace that it goes on with, as whoever asked said it
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function beginSpan(traceparent: string | undefined): OpenSpan | undefined {
  return shared.playgroundTracing?.begin(traceparent)
}

/** Does work as a child of the span that is open here, where one is; otherwise it is only done. */
export function step<Result>(name: string, attributes: Attributes, work: Work<Result>): Promise<Result> {
  return shared.playgroundTracing ? shared.playgroundTracing.step(name, attributes, work) : work(undefined)
}
