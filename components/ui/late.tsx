'use client'

import { type ReactNode, useEffect, useReducer, useState } from 'react'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'

interface Props<Code> {
  /** Brings the code, or what it makes. Another function is asked anew. */
  load: () => Promise<Code>
  /** What holds its place meanwhile. */
  waiting?: ReactNode
  /** Instead of the words of a place of its own: what says that it did not come, with another try. */
  missing?: (again: () => void) => ReactNode
  children: (code: Code) => ReactNode
}

/** What has come, by the function that brought it. */
const here = new WeakMap<() => Promise<unknown>, unknown>()

/** Brings the code of a part before it is drawn: its first drawing then waits for nothing. */
export async function ahead<Code>(load: () => Promise<Code>): Promise<Code> {
  const code = await load()
  here.set(load, code)
  return code
}

/**
 * A part whose code comes when it is first drawn, and not with the page; what has come once is drawn at once. Where it does
 * not come, its place says so and offers another try, and the page around it goes on.
 */
export function Late<Code>({
  load,
  waiting = <p className="text-[14px] text-soft">Loading.</p>,
  missing,
  children,
}: Props<Code>) {
  const [failed, fail] = useState<typeof load>()
  const [, redraw] = useReducer((times: number) => times + 1, 0)
  const done = here.has(load) || failed === load
  useEffect(() => {
    if (done) return
    let gone = false
    ahead(load).then(
      () => gone || redraw(),
      () => gone || fail(() => load),
    )
    return () => {
      gone = true
    }
  }, [load, done])
  if (here.has(load)) return children(here.get(load) as Code)
  if (!done) return waiting
  if (missing) return missing(() => fail(undefined))
  return (
    <Empty
      title="This part could not be loaded"
      action={<Button onClick={() => fail(undefined)}>Load it again</Button>}
    >
      The server did not answer with its code. Check the connection, and that the server runs.
    </Empty>
  )
}
