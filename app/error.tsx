'use client'

import { NotDrawn } from '../components/shell/not-drawn.tsx'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <NotDrawn error={error} again={reset} />
}
