/**
 * Does something until a signal, or a time that is over, ends it.
 *
 * @throws what ended it: the signal's reason, or a DOMException NotAllowedError
 */
export async function within<Result>(
  signal: AbortSignal | undefined,
  milliseconds: number | undefined,
  work: (until: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController()
  const stop = () => ended.abort(signal?.reason)
  const late = () => ended.abort(new DOMException('the time is over', 'NotAllowedError'))
  const timer = milliseconds === undefined ? undefined : setTimeout(late, milliseconds)
  signal?.addEventListener('abort', stop)
  try {
    return await work(ended.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** Waits so long, or throws the signal's reason. */
export function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    until.throwIfAborted()
    const timer = setTimeout(resolve, milliseconds)
    until.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(until.reason)
    })
  })
}
