import { type WellKnownAnswer, wellKnownPath } from '#lib/webauthn/related-origins.ts'

/** Where browsers ask for an RP ID’s document: by https, and without a port. */
export function documentUrl(rpId: string): string {
  return `https://${rpId}${wellKnownPath}`
}

/**
 * Reads the document of the server that the page is from. Another host’s is out of reach: a page asks under CORS, where that
 * host would have to let it, and this page’s own policy lets it ask nobody else.
 *
 * @throws TypeError where no answer came
 */
export async function ownDocument(): Promise<WellKnownAnswer> {
  const answer = await fetch(wellKnownPath, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  return { status: answer.status, contentType: answer.headers.get('content-type'), body: await answer.text() }
}
