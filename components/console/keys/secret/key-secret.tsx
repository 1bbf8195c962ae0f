'use client'

import type { KeyCreated } from '#lib/contract/keys.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { FirstCall } from '../../first-call.tsx'
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
      <div className="mt-6 space-y-5">
        <div>
          <h3 className="mb-1.5 font-semibold text-[13px]">Environment variable</h3>
          <CodeBlock code={`export PLAYGROUND_API_KEY=${secret}`} label="environment variable" />
        </div>
        <FirstCall baseUrl={location.origin} />
      </div>
      {type === 'test' ? (
        <div className="mt-4">
          <OpenInPlayground id={id} secret={secret} />
        </div>
      ) : null}
    </ShownOnce>
  )
}
