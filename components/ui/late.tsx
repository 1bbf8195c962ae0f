'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'

interface Props<Code> {
  /** Brings the code, or what it makes. Another function is asked anew. */
  load: () => Promise<Code>
  /** What holds its place meanwhile. */
  waiting?: ReactNode
  children: (code: Code) => ReactNode
}

/**
 * A part whose code comes when it is first drawn, and not with the page. Where it does not come, its place says so and offers
 * another try, and the page around it goes on.
 */
export function Late<Code>({
  load,
  waiting = <p className="text-[14px] text-soft">Loading.</p>,
  children,
}: Props<Code>) {
  const [last, set] = useState<{ of: typeof load; code?: Code }>()
  const ended = last?.of === load ? last : undefined
  useEffect(() => {
    if (ended) return
    let gone = false
    load().then(
      (code) => gone || set({ of: load, code }),
      () => gone || set({ of: load }),
    )
    return () => {
      gone = true
    }
  }, [load, ended])
  if (!ended) return waiting
  if (ended.code !== undefined) return children(ended.code)
  return (
    <Empty title="This part could not be loaded" action={<Button onClick={() => set(undefined)}>Load it again</Button>}>
      The server did not answer with its code. Check the connection, and that the server runs.
    </Empty>
  )
}
