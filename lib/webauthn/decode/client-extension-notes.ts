/**
 * What the browser answers to extensions, by the names that lead to each value. It is not signed.
 *
 * @see https://www.w3.org/TR/webauthn-3/#client-extension-output
 */
export const clientExtensionNotes: Readonly<Record<string, string>> = {
  appid: 'whether the older U2F identifier was used in place of the RP ID',
  appidExclude: 'whether credentials of the older U2F identifier were looked for, too',
  credBlob: 'whether the few bytes were stored',
  credProps: 'properties of the new credential',
  'credProps.rk': 'whether the passkey can sign in without a username',
  'credProps.authenticatorDisplayName': 'what the authenticator calls itself',
  getCredBlob: 'the few bytes that were stored with the credential',
  hmacCreateSecret: 'whether the credential can make secrets (the older name of prf)',
  hmacGetSecret: 'the secrets (the older name of prf)',
  largeBlob: 'data kept with the credential',
  'largeBlob.supported': 'whether the credential can keep it',
  'largeBlob.blob': 'what was read',
  'largeBlob.written': 'whether it was written',
  minPinLength: 'whether the authenticator tells its shortest PIN',
  payment: 'whether the credential may confirm payments',
  prf: 'secrets that the passkey makes from what it is given',
  'prf.enabled': 'whether the credential can make secrets',
  'prf.results': 'the secrets: whoever has them can decrypt what is encrypted with them',
  'prf.results.first': 'the secret for the first input, 32 bytes',
  'prf.results.second': 'the secret for the second input, 32 bytes',
  uvm: 'how the user was verified',
}
