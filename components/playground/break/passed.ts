/**
 * Waits by the clock, and not by one timer: a page that sleeps wakes when it is time.
 *
 * @throws Error once the signal ends it
 */
export function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  const until = Date.now() + milliseconds
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearInterval(timer)
      reject(new Error('It was stopped.'))
    }
    const timer = setInterval(() => {
      if (Date.now() < until) return
      clearInterval(timer)
      signal.removeEventListener('abort', stop)
      resolve()
    }, 200)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
