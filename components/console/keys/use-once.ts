import { useCallback, useRef } from 'react'

export interface Once<Request> {
  idempotencyKey: string
  request: Request
}

/**
 * A request with its idempotency key, made anew only when what it is made of changes: pressing again after an answer was
 * lost on the way makes nothing twice.
 */
export function useOnce<Request>(): (of: unknown, make: () => Request) => Once<Request> {
  const last = useRef<{ text: string; once: Once<Request> }>(undefined)
  return useCallback((of, make) => {
    const text = JSON.stringify(of)
    if (last.current?.text !== text)
      last.current = { text, once: { idempotencyKey: crypto.randomUUID(), request: make() } }
    return last.current.once
  }, [])
}
