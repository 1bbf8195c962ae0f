import { html } from 'hono/html'
import { shell } from './shell.ts'

/** In place of a page that could not be read. @param back its path */
export function unavailablePage(back: string): string {
  return shell({
    title: 'This page cannot be shown right now',
    body: html`<p class="soft">The server could not use its database when the page was asked for. Nothing was changed.</p>
<p><b>What to do: </b>Wait a little, then try again. If it stays, tell whoever runs this server.</p>
<div class="buttons"><a class="button" href="${back}">Try again</a></div>`,
  })
}
