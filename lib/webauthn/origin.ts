// Who may ask for a passkey: a web page by its origin, an app by what its platform calls it instead.

// The SHA-256 of the certificate that an Android app is signed with: 32 bytes, so that two bits of the last character are
// not used and not set.
const androidApp = /^android:apk-key-hash:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
const iosApp = /^ios:bundle-id:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,153}[A-Za-z0-9])?$/

/** Whether an origin is an app's. It is compared as text and has no domain. */
export function isAppOrigin(origin: string): boolean {
  return androidApp.test(origin) || iosApp.test(origin)
}

/** Why a text is no origin as clients write theirs into the client data, or undefined. */
export function whyNoOrigin(text: string): string | undefined {
  if (isAppOrigin(text)) return undefined
  if (/^android:/i.test(text)) {
    return 'is no Android app’s origin: android:apk-key-hash: and the SHA-256 of its signing certificate, 43 characters of base64url'
  }
  if (/^ios:/i.test(text)) return 'is no iOS app’s origin: ios:bundle-id: and the app’s bundle ID'
  const isWeb = /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
  return isWeb ? undefined : 'is not an origin'
}

/** Whether a host is this machine, where browsers trust http:, too. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/**
 * How an origin stands to an RP ID: an app's; in its domain; outside, so that browsers ask for the document of related
 * origins; an address, or insecure, so that browsers offer no passkeys there; malformed.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-related-origins
 */
export function relationOf(
  origin: string,
  rpId: string,
): 'app' | 'inside' | 'related' | 'address' | 'insecure' | 'malformed' {
  if (whyNoOrigin(origin)) return 'malformed'
  if (isAppOrigin(origin)) return 'app'
  const { hostname, protocol } = new URL(origin)
  if (protocol === 'http:' && !isLoopback(hostname)) return 'insecure'
  if (/^\[|^\d+(?:\.\d+){3}$/.test(hostname)) return 'address'
  return hostname === rpId || hostname.endsWith(`.${rpId}`) ? 'inside' : 'related'
}

/** Which of a relying party's origins need the document of related origins on its RP ID's host. */
export function relatedTo({ id, origins }: { id: string; origins: readonly string[] }): string[] {
  return origins.filter((origin) => relationOf(origin, id) === 'related')
}
