import type { OAuth } from '#lib/sdk/oauth.ts'
import type { AttackedApp } from '../../oauth/faults/attacked-app.ts'
import { passed } from '../break/passed.ts'

interface Settings extends Pick<AttackedApp, 'baseUrl' | 'clientId' | 'otherClientId'> {
  oauth: OAuth
  signal: AbortSignal
  /** It waits from now until then; undefined: it does no more. */
  onWait: (waits: { from: number; until: number } | undefined) => void
}

/**
 * The built-in app, as this page plays it. A redirect is followed by `fetch`, with the cookies of the sign-in: the app's
 * address is one of this server, so the page may see where the browser would have been led.
 */
export function appInPage({ signal, onWait, ...app }: Settings): AttackedApp {
  return {
    ...app,
    redirectUri: `${app.baseUrl}/playground/callback`,
    fetch: (input, init) => {
      // What was begun is heard to its end, and given back.
      if (!String(input).endsWith('/oauth/revoke')) signal.throwIfAborted()
      return fetch(input, init)
    },
    async visit(url) {
      signal.throwIfAborted()
      const headers = { Accept: 'text/html' }
      const response = await fetch(url, { headers, credentials: 'same-origin', cache: 'no-store' })
      return { url: response.url, status: response.status, text: await response.text() }
    },
    async wait(milliseconds) {
      const from = Date.now()
      onWait({ from, until: from + milliseconds })
      await passed(milliseconds, signal).finally(() => onWait(undefined))
    },
  }
}
