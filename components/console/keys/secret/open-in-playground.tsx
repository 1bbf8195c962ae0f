'use client'

import { useEffect, useId, useState } from 'react'
import { rememberedKey, rememberKey } from '../../../playground/setup/remembered-key.ts'
import { Icon } from '../../../ui/icon.tsx'

interface Props {
  id: string
  /** The whole key, where it is still known. */
  secret?: string | undefined
}

/** Tries a test key in the Playground. The key goes along in this tab's memory where it is known; else it must be pasted. */
export function OpenInPlayground({ id, secret }: Props) {
  const note = useId()
  const [remembered, set] = useState(false)
  useEffect(() => set(rememberedKey()?.startsWith(`sk_test_${id}_`) ?? false), [id])
  return (
    <div>
      <a
        href="/playground"
        aria-describedby={note}
        data-takes-key={secret ? '' : undefined}
        onClick={() => secret && rememberKey(secret)}
        className="inline-flex items-center gap-1.5 rounded-lg border border-line-strong bg-card px-3 py-1.5 font-medium text-[14px] leading-5 transition-colors hover:border-faint hover:bg-sunk"
      >
        Open in Playground
        <Icon name="outward" className="size-3.5" />
      </a>
      <p id={note} className="mt-1.5 max-w-[60ch] text-pretty text-[13px] text-soft">
        {secret
          ? 'The key goes along, and stays in this tab until it is closed.'
          : remembered
            ? 'This tab still remembers the key.'
            : 'Paste the key there: here only its hint is kept.'}
      </p>
    </div>
  )
}
