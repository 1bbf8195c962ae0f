import { ownPasskeys } from '../../snippets/token-snippets.ts'
import { Snippet } from '../../ui/snippet.tsx'

interface Props {
  token: string
  issuer: string
  audience: string
  username: string
}

/** What the token opens, in code to take along. */
export function TokenUse({ username, ...issued }: Props) {
  return (
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
  )
}
