import { html } from 'hono/html'
import type { About } from '../about.ts'
import { type Form, hidden, shell } from './shell.ts'

/** Asks whether a user wants to be signed out here too, and not only of an app. */
export function signOutPage({ action, xsrf }: Form, { client, tenant, environment }: About): string {
  const here = tenant?.name ?? 'this server'
  return shell({
    title: `Sign out of ${here}?`,
    tenant,
    environment,
    body: html`<p class="soft">${client ? html`You come from ${client.name}. ` : ''}If you sign out here too, every app asks for your passkey the next time.</p>
<form method="post" action="${action}">
${hidden({ xsrf })}
<div class="buttons"><button type="submit" name="logout" value="yes">Sign out</button><button type="submit">Stay signed in</button></div>
</form>`,
  })
}

/** After a sign-out that leads nowhere else. */
export function signedOutPage({ client, tenant, environment }: About): string {
  return shell({
    title: 'You are signed out',
    tenant,
    environment,
    body: html`<p class="soft">${tenant?.name ?? 'This server'} no longer knows you in this browser. ${
      client ? `${client.name} asks for your passkey the next time.` : 'Apps ask for your passkey the next time.'
    }</p>`,
  })
}
