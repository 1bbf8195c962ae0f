import { CodeBlock } from '../../ui/code-block.tsx'

/** How one becomes a member. */
export function FirstTime() {
  return (
    <section aria-labelledby="first-time" className="mt-7 border-line border-t pt-5">
      <h2 id="first-time" className="font-semibold">
        No passkey here yet?
      </h2>
      <dl className="mt-2.5 space-y-3 text-[14px]">
        <div>
          <dt className="font-medium">Somebody in your team is a member</dt>
          <dd className="text-soft">Ask them for an invitation: Members, Invite a member. The link works once.</dd>
        </div>
        <div>
          <dt className="font-medium">You run this server, and nobody is a member</dt>
          <dd className="text-soft">
            Open the set-up link that <code className="font-mono text-[13px] text-ink">npm start</code> printed, or make
            a new one:
          </dd>
          <dd className="mt-2">
            <CodeBlock label="command" code="npm run --silent admin -- console invite --tenant YOUR-TENANT" />
          </dd>
        </div>
      </dl>
    </section>
  )
}
