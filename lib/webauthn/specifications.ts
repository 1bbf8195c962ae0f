/** WebAuthn Level 3. */
export const level3 = 'https://www.w3.org/TR/webauthn-3/'

/** The protocol that a browser speaks with a security key, of which some extensions are. */
export const ctap =
  'https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-20210615.html'
