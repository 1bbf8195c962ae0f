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
