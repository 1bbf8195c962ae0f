import { html } from 'hono/html'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { type Html, nothing } from './shell.ts'
import { closestTo, differenceOf } from './uri-difference.ts'

/** What a test client's makers are told of a request of theirs that went wrong. */
export interface MakerNotes {
  client: { id: string; name: string }
  /** Where a redirect URI was wrong. */
  redirect?: { received: string | undefined; registered: readonly string[] }
}

/** The client, what it sent beside what is registered with the difference marked, and where to put that right. */
export function makerNotes({ client: { id, name }, redirect }: MakerNotes): Html {
  const page = `/console/oauth-clients/${encodeURIComponent(id)}?environment=test`
  return html`<section class="note">
<h2>For the makers of ${name}</h2>
<p>This is a test client, so it is told more.</p>
<dl>
<dt>Client</dt><dd>${name} <code>${id}</code></dd>
${redirect ? redirectNotes(redirect) : nothing}
</dl>
<p><a href="${page}">Open the client in the Console</a> · <a href="/docs/oauth">How OAuth works here</a></p>
</section>`
}

function redirectNotes({ received, registered }: NonNullable<MakerNotes['redirect']>): Html {
  if (!received) return html`<dt>Received</dt><dd>no redirect_uri</dd>${all(registered)}`
  const uri = beginningOf(received, 1000)
  const closest = closestTo(uri, registered)
  if (closest === undefined) return html`<dt>Received</dt><dd><code>${uri}</code></dd>${all(registered)}`
  const { before, one, other, after } = differenceOf(uri, closest)
  const shown = (part: string) => html`<code>${before}${part ? html`<mark>${part}</mark>` : nothing}${after}</code>`
  const others = registered.filter((each) => each !== closest)
  return html`<dt>Received</dt><dd>${shown(one)}</dd>
<dt>Registered</dt><dd>${shown(other)}</dd>${others.length > 0 ? all(others) : nothing}
<dt>Rule</dt><dd>The two have to be the same to the letter${one ? nothing : ': what is marked is missing'}.</dd>`
}

function all(registered: readonly string[]): Html {
  if (registered.length === 0) return html`<dt>Registered</dt><dd>none</dd>`
  return html`${registered.map((uri) => html`<dt>Registered</dt><dd><code>${uri}</code></dd>`)}`
}
