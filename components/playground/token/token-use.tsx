import { useId, useState } from 'react'
import { ownPasskeys } from '../../snippets/token-snippets.ts'
import { type Service, services, verifiedIn } from '../../snippets/verify-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Snippet } from '../../ui/snippet.tsx'

interface Props {
  token: string
  issuer: string
  audience: string
  username: string
}

/** What the token opens, and how a service verifies it, in code to take along. */
export function TokenUse({ username, ...issued }: Props) {
  const [service, choose] = useState<Service>('Node')
  const name = useId()
  return (
    <>
      <Snippet
        title={
          <p className="min-w-0 flex-1 basis-72 text-[13px] text-soft">
            The key, in PLAYGROUND_API_KEY, says which tenant calls, the token which user. This lists {username}’s own
            passkeys.
          </p>
        }
        label="command"
        code={ownPasskeys(issued)}
      />
      <div className="mt-5">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
          <p className="min-w-0 flex-1 basis-72 text-[13px] text-soft">
            A service that takes the token verifies it, without asking this server for each: its signature by the
            published keys, then issuer, audience and expiry.
          </p>
          <Segments
            label="Language of the verification"
            name={name}
            choices={services}
            selected={service}
            onSelect={choose}
          />
        </div>
        <CodeBlock code={verifiedIn(service, issued)} label="verification" />
      </div>
    </>
  )
}
