/**
 * Authenticators by AAGUID that neither list has, by the names that their makers use.
 *
 * Source: Chromium’s virtual authenticator says so itself (Chrome DevTools Protocol, WebAuthn domain), 2026-11-26; the two apps
 * stand in their maker’s documentation of passkeys in Entra ID, 2026-11-26. The software authenticator is the Playground’s own.
 */
export const makersNames: Readonly<Record<string, string>> = {
  '01020304-0506-0708-0102-030405060708': 'Chromium virtual authenticator',
  'de1e552d-db1d-4423-a619-566b625cdc84': 'Microsoft Authenticator for Android',
  '90a3ccdf-635c-4729-a248-9b709135078f': 'Microsoft Authenticator for iOS',
  '553d637d-85a1-4f3e-9492-d51304eb4b40': 'Software authenticator of the Playground',
}
