'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useLeaveWarning } from './use-leave-warning.ts'

const keptWords = {
  fingerprint: 'The server keeps only a fingerprint of it.',
  encrypted: 'The server keeps it encrypted, to sign with, and tells it nobody.',
} as const

interface Props {
  title: string
  badge?: ReactNode
  secret: string
  /** What it is, in a sentence: “key” gives “Copy key” and “Store the key first”. */
  what: string
  /** How the server keeps it: to know it again, or to sign with. */
  kept?: keyof typeof keptWords
  /** How to use it. */
  children: ReactNode
  /** Somebody says that they have stored it. */
  onDone: () => void
}

/** A secret that is told once: to copy, to use, and to say of that it is stored. Until then, leaving asks. */
export function ShownOnce(props: Props) {
  const { title, badge, secret, what, kept = 'fingerprint', children, onDone } = props
  const [stored, setStored] = useState(false)
  const [missing, setMissing] = useState(false)
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useLeaveWarning(!stored, what)

  function done() {
    if (stored) return onDone()
    setMissing(true)
    box.current?.focus()
  }

  return (
    <section aria-labelledby={id} className="rounded-card border border-line bg-card p-4 shadow-lift sm:p-6">
      <div className="flex items-center gap-2.5">
        <h2
          ref={heading}
          id={id}
          tabIndex={-1}
          className="font-semibold text-[18px] leading-7 outline-none wrap-anywhere"
        >
          {title}
        </h2>
        {badge}
      </div>
      <div className="mt-3 flex flex-col-reverse rounded-xl border border-accent bg-accent-wash sm:flex-row sm:items-start">
        <code
          data-testid="secret"
          className="min-w-0 flex-1 select-all break-all p-4 font-medium font-mono text-[17px] leading-7 max-sm:pt-1"
        >
          {secret}
        </code>
        <div className="flex justify-end p-3 max-sm:pb-0">
          <CopyButton text={secret} label={`Copy ${what}`} />
        </div>
      </div>
      <div className="mt-3">
        <Notice tone="warn" title="It cannot be shown again">
          {keptWords[kept]} Put it into a secret manager or an environment variable, not into code, a chat or a ticket.
        </Notice>
      </div>
      {children}
      <div className="mt-6 flex flex-wrap items-center justify-between gap-4 border-line border-t pt-4">
        <div>
          <Checkbox
            ref={box}
            label="I have stored it"
            checked={stored}
            aria-invalid={missing && !stored}
            onToggle={setStored}
          />
          <p role="alert" className="text-[13px] text-bad">
            {missing && !stored ? `Store the ${what} first, then tick this: it is not shown again.` : null}
          </p>
        </div>
        <Button look={stored ? 'primary' : 'secondary'} onClick={done}>
          Done
        </Button>
      </div>
    </section>
  )
}
