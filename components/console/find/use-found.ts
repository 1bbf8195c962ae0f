import { useEffect, useState } from 'react'
import type { FoundItem } from '#lib/contract/console-frame.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { ApiError } from '#lib/sdk/call.ts'
import { consoleClient } from '../console-client.ts'
import { goAndSignIn } from '../sign-in-path.ts'

const pauseMilliseconds = 120

interface Found {
  /** What it was asked for. */
  of: string
  data: readonly FoundItem[]
  failed?: true
}

/** What the server finds for a text, asked once the person pauses. Only the answer to the latest question counts. */
export function useFound(
  text: string,
  environment: Environment,
): { data: readonly FoundItem[]; failed: boolean; waiting: boolean } {
  const [found, set] = useState<Found>({ of: '', data: [] })
  const asked = text ? `${environment} ${text}` : ''
  useEffect(() => {
    if (!asked) return set({ of: '', data: [] })
    const gone = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const { data } = await consoleClient.find(text, environment, gone.signal)
        if (!gone.signal.aborted) set({ of: asked, data })
      } catch (error) {
        if (gone.signal.aborted) return
        if (error instanceof ApiError && error.code === 'session_required') return goAndSignIn()
        set({ of: asked, data: [], failed: true })
      }
    }, pauseMilliseconds)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [asked, text, environment])
  const current = found.of === asked
  return { data: current ? found.data : [], failed: current && found.failed === true, waiting: !current }
}
