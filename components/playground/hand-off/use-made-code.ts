import { useEffect, useReducer, useState } from 'react'
import type { HandOffCreate, HandOffCreated, HandOffView } from '#lib/contract/hand-offs.ts'
import { clientOf } from '../client-of.ts'
import { explained } from '../failure/explained.ts'
import type { Failure } from '../run.ts'

/** What has become of a code. */
export type MadeCode =
  | { status: 'making' }
  | { status: 'failed'; failure: Failure }
  | { status: HandOffView['status']; made: HandOffCreated; madeAt: number }

/** So often the server is asked whether a phone has taken it: a quarter of the key's minute would be too much. */
const askEvery = 4_000

/** The id of the last code that was made here, by the key that it was made with. */
const made = new Map<string, string>()

/** Makes a one-time code with the page's key, which ends the one before it, and watches it. The second makes another. */
export function useMadeCode(apiKey: string, begins: HandOffCreate): [MadeCode, again: () => void] {
  const [round, again] = useReducer((times: number) => times + 1, 0)
  const [code, set] = useState<MadeCode>({ status: 'making' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round makes one of its own
  useEffect(() => {
    const over = new AbortController()
    const { signal } = over
    set({ status: 'making' })
    clientOf(apiKey)
      .then((client) =>
        client.handOffs.create({ ...begins, ...(made.has(apiKey) ? { replaces: made.get(apiKey) } : {}) }, { signal }),
      )
      .then(
        (code) => {
          made.set(apiKey, code.id)
          if (!signal.aborted) set({ status: 'open', made: code, madeAt: Date.now() })
        },
        async (error) => {
          const failure = await explained(error, { kind: 'registration', otherTenants: [], origin: location.origin })
          if (!signal.aborted) set({ status: 'failed', failure })
        },
      )
    return () => over.abort()
  }, [apiKey, begins, round])

  useEffect(() => {
    if (code.status !== 'open') return
    const over = new AbortController()
    const ask = async () => {
      const client = await clientOf(apiKey)
      const { status } = await client.handOffs.read(code.made.id, { signal: over.signal })
      if (status !== 'open' && !over.signal.aborted) set({ ...code, status })
    }
    // What is not answered is asked again.
    const timer = setInterval(() => ask().catch(() => {}), askEvery)
    return () => {
      clearInterval(timer)
      over.abort()
    }
  }, [apiKey, code])

  return [code, again]
}
