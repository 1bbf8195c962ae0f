'use client'

import { useEffect, useState } from 'react'
import { linkButton } from '../ui/button.tsx'
import { handOver } from './oauth-popup.ts'

interface Props {
  /** What waits for the answer, in a sentence: “Playground”. */
  place: string
  /** Where that is. */
  path: string
}

/** Hands the server’s answer to the page that waits for it, and closes. What stays open says why. */
export function OAuthCallback({ place, path }: Props) {
  const [handed, set] = useState<boolean>()
  useEffect(() => {
    const { search } = location
    if (!search) return set((handed) => handed ?? false)
    // A code belongs in no history.
    history.replaceState(null, '', location.pathname)
    set(handOver(search))
    window.close()
  }, [])
  return (
    <div className="mx-auto max-w-[56ch] px-5 py-16 text-center">
      <h1 className="font-semibold text-[24px] leading-tight tracking-tight">
        {handed === false ? 'Nothing to take back' : `Back to the ${place}`}
      </h1>
      <p aria-live="polite" className="mx-auto mt-2.5 text-balance text-soft">
        {handed === undefined
          ? 'One moment.'
          : handed
            ? `The ${place} has the answer. This window may be closed.`
            : `This is where the ${place}’s OAuth flow comes back to. Nobody was sent here just now.`}
      </p>
      {handed === false ? (
        <a href={path} className={`mt-6 ${linkButton}`}>
          Open the {place}
        </a>
      ) : null}
    </div>
  )
}
