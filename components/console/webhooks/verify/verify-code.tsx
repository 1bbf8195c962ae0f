'use client'

import { webhookHandler, webhookServer } from '../../../snippets/webhook-snippets.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Snippet } from '../../../ui/snippet.tsx'

interface Props {
  publicKey: string
  /** The secret, where it is still known. */
  secret?: string | undefined
}

/** Code that tells an endpoint's requests from forged ones. */
export function VerifyCode({ publicKey, secret }: Props) {
  const heading = 'font-semibold text-[13px]'
  return (
    <div className="space-y-5">
      <p className="max-w-[72ch] text-pretty text-[14px] text-soft">
        Each request carries <code className="font-mono text-[13px]">webhook-id</code>,{' '}
        <code className="font-mono text-[13px]">webhook-timestamp</code> and{' '}
        <code className="font-mono text-[13px]">webhook-signature</code> of Standard Webhooks: any library of it
        verifies them. An event can arrive twice, and in any order; its id stays the same.
      </p>
      <div>
        <h3 className={`mb-1.5 ${heading}`}>The secret, for all of these</h3>
        <CodeBlock code={`export WEBHOOK_SECRET=${secret ?? 'whsec_…'}`} label="environment variable" />
      </div>
      <Snippet
        title={<h3 className={heading}>In a server of its own, or by hand</h3>}
        label="verification"
        code={webhookServer(location.origin)}
        called={{ curl: 'Shell' }}
        note="The servers listen at port 4000, or at the one in PORT. Node runs TypeScript as it is from 22.18 on, in a file such as server.mts."
      />
      <div>
        <h3 className={`mb-1.5 ${heading}`}>In a handler of requests: Next.js, Hono, Deno, Bun</h3>
        <CodeBlock code={webhookHandler(location.origin)} label="request handler" />
      </div>
      <div className="text-[13px] text-soft">
        <h3 className={`text-ink ${heading}`}>Public key</h3>
        <p className="flex min-w-0 items-center gap-1">
          <code className="min-w-0 font-mono text-ink wrap-anywhere">{publicKey}</code>
          <CopyButton small text={publicKey} label="Copy public key" />
        </p>
        <p className="mt-0.5 max-w-[72ch] text-pretty">
          It verifies the signatures v1a (Ed25519), without a secret. The TypeScript package takes it in the secret’s
          place.
        </p>
      </div>
    </div>
  )
}
