'use client'

import type { KeyCreated } from '#lib/contract/keys.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { TypeBadge } from '../key-badges.tsx'
import { OpenInPlayground } from './open-in-playground.tsx'
import { SecretLost } from './secret-lost.tsx'

interface Props {
  created: KeyCreated
  title: string
  /** Somebody says that they have stored it. */
  onDone: () => void
}

/** A key's secret, once, and what to do with it. */
export function KeySecret({ created, title, onDone }: Props) {
  const { id, type, secret } = created
  if (secret === undefined) return <SecretLost created={created} />
  return (
    <ShownOnce title={title} badge={<TypeBadge type={type} />} secret={secret} what="key" onDone={onDone}>
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
    </ShownOnce>
  )
}
