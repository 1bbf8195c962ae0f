import { firstCall } from '../snippets/key-snippets.ts'
import { Snippet } from '../ui/snippet.tsx'

/** The first call with a key, to take along. */
export function FirstCall({ baseUrl }: { baseUrl: string }) {
  return (
    <Snippet
      title={<h3 className="font-semibold text-[13px]">First call</h3>}
      label="call"
      code={firstCall(baseUrl)}
      note="The packages find the key in PLAYGROUND_API_KEY by themselves."
    />
  )
}
