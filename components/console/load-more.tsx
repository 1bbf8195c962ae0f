'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'

interface Props {
  /** Reads what is behind the list; undefined when there is nothing. */
  more: (() => void) | undefined
  reading: boolean
  /** What stands there when there is nothing more; without it, once there was. */
  end?: string
  className?: string
}

/** The way to what is behind a list. After the last of it, what says so takes the focus that the button had. */
export function LoadMore({ more, reading, end, className = 'mt-3' }: Props) {
  const [pressed, press] = useState(false)
  const read = useRef(false)
  const last = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    if (read.current && !reading && !more) last.current?.focus()
    read.current = reading
  }, [reading, more])

  if (!more && !pressed && !end) return null
  return (
    <div className={`flex justify-center ${className}`}>
      {more ? (
        <Button
          look="secondary"
          aria-disabled={reading}
          onClick={() => {
            press(true)
            more()
          }}
        >
          {reading ? 'Loading' : 'Load more'}
        </Button>
      ) : (
        <p ref={last} tabIndex={-1} className="text-[13px] text-faint outline-none">
          {end ?? 'That is all.'}
        </p>
      )}
    </div>
  )
}
