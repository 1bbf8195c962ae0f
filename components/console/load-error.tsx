'use client'

import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { ChangeError } from './change-error.tsx'
import type { Refusal } from './explain.ts'

/** In the place of what could not be read: why, and another try. A try that fails too is read out again. */
export function LoadError({ error, onRetry }: { error: Refusal; onRetry: () => Promise<void> }) {
  const [tries, setTries] = useState(0)
  const [trying, setTrying] = useState(false)

  async function retry() {
    if (trying) return
    setTrying(true)
    await onRetry()
    setTrying(false)
    setTries(tries + 1)
  }

  return (
    <div className="space-y-3">
      <ChangeError key={tries} error={error} />
      <Button look="small" onClick={retry}>
        {trying ? 'Trying' : 'Try again'}
      </Button>
    </div>
  )
}
