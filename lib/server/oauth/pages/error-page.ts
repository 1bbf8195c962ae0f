import { html } from 'hono/html'
import type { PageBranding } from '#lib/contract/oauth.ts'
import { type MakerNotes, makerNotes } from './maker-notes.ts'
import { nothing, shell } from './shell.ts'

/** An answer that cannot go back to the app, as its user reads it: what happened, what to do, then the code for its makers. */
export function errorPage({
  error,
  error_description,
  leaving = false,
  notes,
  tenant,
}: {
  error: string
  error_description?: string | undefined
  /** Somebody was to be signed out, and not in. */
  leaving?: boolean
  /** Of a test client alone. */
  notes?: MakerNotes | undefined
  tenant?: PageBranding | undefined
}): string {
  const { title, why, todo } = (Object.hasOwn(words, error) && words[error]) || general
  return shell({
    title: leaving ? title.replace('sign-in', 'sign-out') : title,
    // What is known of a test client alone.
    ...(tenant ? { tenant, environment: 'test' as const } : {}),
    body: html`<p class="soft">${why}</p>
<p><b>What to do: </b>${todo}</p>
<p class="note">For the app’s makers: <code>${error}</code>${error_description ? html` ${error_description}` : nothing}</p>
${notes ? makerNotes(notes) : nothing}`,
  })
}

interface Words {
  title: string
  why: string
  todo: string
}

const general: Words = {
  title: 'This sign-in could not go on',
  why: 'The app asked for something that this server does not give. Nothing was shared with it.',
  todo: 'Go back to the app and try again. If it stays, tell its makers what stands below.',
}

const words: Record<string, Words> = {
  invalid_client: {
    title: 'This app is not known here',
    why: 'It may have been removed, or it names itself wrongly. So that nobody can pretend to be it, you are not sent back.',
    todo: 'Go back to where you came from, and tell the app’s makers.',
  },
  invalid_redirect_uri: {
    title: 'This app asked to send you somewhere it may not',
    why: 'The address that it named is not one of its own. So that nothing reaches a stranger, you are not sent there.',
    todo: 'Close this page, and tell the app’s makers. If a link from somebody brought you here, do not use it again.',
  },
  invalid_request: {
    title: 'This sign-in could not go on',
    why: 'The request was incomplete or malformed, took too long, or was begun in another browser.',
    todo: 'Go back to the app and begin again. If it stays, tell the app’s makers what stands below.',
  },
  access_denied: {
    title: 'Nothing was shared',
    why: 'Access was denied, so the app got nothing.',
    todo: 'Close this page. If that was a mistake, begin again in the app.',
  },
  server_error: {
    title: 'Something went wrong here',
    why: 'It is a fault of this server’s, not of yours. Nothing was shared with the app.',
    todo: 'Wait a little, then go back to the app and begin again.',
  },
  temporarily_unavailable: {
    title: 'This server is busy',
    why: 'It cannot answer right now. Nothing was shared with the app.',
    todo: 'Wait a little, then go back to the app and begin again.',
  },
}
