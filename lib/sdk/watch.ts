/** One request, as hooks hear of it: never its key, its query or its body. */
export interface RequestEvent {
  method: string
  /** Without the query. */
  path: string
  /** 1 for the first try. */
  attempt: number
}

export interface ResponseEvent extends RequestEvent {
  /** Undefined where no answer came. */
  status: number | undefined
  requestId: string | undefined
  /** From the request to the end of the answer. */
  milliseconds: number
}

export interface RetryEvent extends Omit<ResponseEvent, 'milliseconds'> {
  /** Until the next try. */
  milliseconds: number
}

/** Hear of every request. What they throw is not heard: watching changes nothing. */
export interface Hooks {
  onRequest?: (event: RequestEvent) => void
  onResponse?: (event: ResponseEvent) => void
  onRetry?: (event: RetryEvent) => void
}

/** Tells a hook, if there is one. It may be async: it is not waited for, and what it rejects with is not heard either. */
export function tell<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    Promise.resolve(hook?.(event)).catch(() => undefined)
  } catch {}
}
