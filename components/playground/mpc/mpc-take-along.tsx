import { ownMpcKey } from '../../snippets/mpc-snippets.ts'
import { Snippet } from '../../ui/snippet.tsx'

/** The same from a program of one's own. */
export function MpcTakeAlong({ baseUrl, token }: { baseUrl: string; token: string }) {
  return (
    <section aria-label="In your own code">
      <Snippet
        title={<h2 className="font-semibold text-[14px]">In your own code</h2>}
        label="program"
        code={ownMpcKey(baseUrl, token)}
        note="TypeScript makes a key of this user and signs with it; curl lists the keys, since it can make no share."
      />
    </section>
  )
}
