'use client'

import { useEffect, useRef, useState } from 'react'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { TypeBadge } from '../key-badges.tsx'
import { OpenInPlayground } from './open-in-playground.tsx'
import { SecretLost } from './secret-lost.tsx'
import { useLeaveWarning } from './use-leave-warning.ts'

interface Props {
  created: KeyCreated
  title: string
  /** Somebody says that they have stored it. */
  onDone: () => void
}

/** A key's secret, once: to copy, to try, and to say of that it is stored. */
export function KeySecret({ created, title, onDone }: Props) {
  const { id, type, secret } = created
  const [stored, setStored] = useState(false)
  const [missing, setMissing] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useLeaveWarning(secret !== undefined && !stored)

  function done() {
    if (stored) return onDone()
    setMissing(true)
    box.current?.focus()
  }

  if (secret === undefined) return <SecretLost created={created} />
  return (
    <section aria-labelledby="secret-title" className="rounded-card border border-line bg-card p-4 shadow-lift sm:p-6">
      <div className="flex items-center gap-2.5">
        <h2
          ref={heading}
          id="secret-title"
          tabIndex={-1}
          className="font-semibold text-[18px] leading-7 outline-none wrap-anywhere"
        >
          {title}
        </h2>
        <TypeBadge type={type} />
      </div>
      <div className="mt-3 flex flex-col-reverse rounded-xl border border-accent bg-accent-wash sm:flex-row sm:items-start">
        <code
          data-testid="secret"
          className="min-w-0 flex-1 select-all break-all p-4 font-medium font-mono text-[17px] leading-7 max-sm:pt-1"
        >
          {secret}
        </code>
        <div className="flex justify-end p-3 max-sm:pb-0">
          <CopyButton text={secret} label="Copy key" />
        </div>
      </div>
      <div className="mt-3">
        <Notice tone="warn" title="It cannot be shown again">
          The server keeps only a fingerprint of it. Put it into a secret manager or an environment variable, not into
          code, a chat or a ticket.
        </Notice>
      </div>
      <h3 className="mt-6 mb-1.5 font-semibold text-[13px]">Use it</h3>
      <div className="space-y-2.5">
        <CodeBlock code={`export PLAYGROUND_API_KEY=${secret}`} label="environment variable" />
        <CodeBlock
          code={`curl ${location.origin}/v1/tenant \\\n  -H "Authorization: Bearer $PLAYGROUND_API_KEY"`}
          label="call"
        />
      </div>
      {type === 'test' ? (
        <div className="mt-4">
          <OpenInPlayground id={id} secret={secret} />
        </div>
      ) : null}
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
            {missing && !stored ? 'Store the key first, then tick this: it is not shown again.' : null}
          </p>
        </div>
        <Button look={stored ? 'primary' : 'secondary'} onClick={done}>
          Done
        </Button>
      </div>
    </section>
  )
}
