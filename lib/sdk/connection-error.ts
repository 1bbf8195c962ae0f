/**
 * No answer came, or not the whole of it: whether the server took the request is not known.
 *
 * It has no cause. What `fetch` threw may have the request in it, and with it the key; its words and its system's code are
 * here instead.
 */
export class ConnectionError extends TypeError {
  override name = 'ConnectionError'
  /** The system's own code, where it gave one: `ECONNREFUSED`, `ENOTFOUND`, … */
  readonly reason: string | undefined

  constructor(message: string, reason?: string) {
    super(message)
    this.reason = reason
  }
}

/** The answer did not come in time. */
export class TimeoutError extends ConnectionError {
  override name = 'TimeoutError'
}

/** The answer says that all is well, and is not what this server answers: something in between may have spoken in its place. */
export class UnreadableAnswerError extends Error {
  override name = 'UnreadableAnswerError'
  readonly status: number
  readonly requestId: string | undefined

  constructor(message: string, status: number, requestId: string | undefined) {
    super(message)
    this.status = status
    this.requestId = requestId
  }
}

/**
 * Whether a call threw because the server could not be reached: browsers have one exception for that, each in its own
 * words.
 */
export function isUnreachable(error: unknown): boolean {
  return (
    error instanceof ConnectionError ||
    (error instanceof TypeError && /fetch|network|load failed|connection/i.test(error.message))
  )
}
