import { html } from 'hono/html'
import type { About } from '../about.ts'
import { type Form, hidden, mark, nothing, shell } from './shell.ts'

/** Where a person enters the code that a device shows; with what is known of it, once one was entered. */
export function deviceCodePage(
  { action, xsrf, userCode = '' }: Form,
  problem?: keyof typeof problems,
  { tenant, environment }: Pick<About, 'tenant' | 'environment'> = { tenant: null, environment: null },
): string {
  const why = problem && problems[problem]
  return shell({
    title: 'Connect a device',
    tenant,
    environment,
    body: html`<p class="soft">A device or a program shows you a code. Enter it here, and then sign in: the device goes on by itself.</p>
<form method="post" action="${action}">
${hidden({ xsrf })}
<label for="user_code">Code</label>
<input type="text" id="user_code" name="user_code" value="${userCode}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" maxlength="64"${why ? html` aria-invalid="true" aria-describedby="problem"` : nothing} autofocus>
${why ? html`<p class="bad" id="problem" role="alert" style="margin-top: 10px">${why}</p>` : nothing}
<div class="buttons"><button type="submit">Continue</button></div>
</form>
<p class="note">Enter a code only if you began this yourself, on a device in front of you.</p>`,
  })
}

const problems = {
  missing: 'Enter the code that the device shows.',
  wrong: 'No device shows this code. Check each letter, then try again.',
  expired: 'This code has expired. Let the device show a new one.',
  used: 'This code was used already. Let the device show a new one.',
  denied: 'Access was denied for this code. To allow it after all, let the device show a new one.',
  failed: 'That did not work. Enter the code again.',
} as const

/** Before a device is connected: whose it is, and the code to compare. */
export function deviceConfirmPage(
  { action, xsrf, userCode = '' }: Form,
  { client, tenant, environment }: About,
  { address, userAgent }: { address?: string; userAgent?: string },
): string {
  const name = client?.name ?? 'An app'
  const facts: [string, string | undefined][] = [
    ['Asked from', address],
    ['With', userAgent],
  ]
  return shell({
    title: 'Is this your device?',
    tenant,
    environment,
    body: html`<p class="soft">${mark(client?.logoUrl ?? null)} <b>${name}</b> waits on a device that should show this code:</p>
<output>${userCode}</output>
${
  address || userAgent
    ? html`<dl>${facts.map(([fact, value]) => (value ? html`<dt>${fact}</dt><dd><code>${value.slice(0, 120)}</code></dd>` : nothing))}</dl>`
    : nothing
}
<p class="warn"><b>Continue only if you began this.</b> If somebody sent you the code or a link to this page, they would get into your account.</p>
<form method="post" action="${action}">
${hidden({ xsrf, user_code: userCode, confirm: 'yes' })}
<div class="buttons"><button type="submit">Continue</button><button type="submit" name="abort" value="yes">Cancel</button></div>
</form>`,
  })
}

/** After a device got its answer. */
export function deviceDonePage({ client, tenant, environment }: About): string {
  return shell({
    title: 'Back to your device',
    tenant,
    environment,
    body: html`<p class="soft">${client?.name ?? 'The app'} has your answer and goes on by itself, within a few seconds. You can close this page.</p>`,
  })
}
