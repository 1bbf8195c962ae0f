/** What is taken of a file of passkeys, whoever wrote it: more is no passkey, or nothing that a page has to hold. */
export const limits = {
  /** Characters. */
  file: 1_000_000,
  credentials: 100,
  /** What is told of that was not taken. */
  told: 200,
  /** https://www.w3.org/TR/webauthn-3/#credential-id */
  credentialId: { least: 1, most: 1023 },
  rpId: { least: 1, most: 253 },
  /** https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialuserentity-id */
  userHandle: { least: 1, most: 64 },
  privateKey: { least: 16, most: 8_192 },
  largeBlob: { most: 16_384 },
  name: { most: 256 },
} as const
