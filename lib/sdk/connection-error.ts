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

/** What `fetch` threw, without the request that it may have in it. Of an address that is none it says what to do. */
export function connectionErrorOf(
  { message, cause }: TypeError,
  url: string,
  redact: (text: string) => string,
): TypeError {
  if (/url/i.test(message) && !URL.canParse(url, globalThis.location?.href))
    return new TypeError('Say where the auth server is: baseUrl, or the environment variable PLAYGROUND_BASE_URL.')
  const { code } = (cause ?? {}) as { code?: unknown }
  const reason = typeof code === 'string' ? code : undefined
  const words = redact(message) + (reason ? ` (${reason})` : '')
  return new ConnectionError(`No answer came, or not the whole of it: ${words}.`, reason)
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
