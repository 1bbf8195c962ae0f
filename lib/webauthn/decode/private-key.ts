/** What a private key is called, in PEM or as JWK, and why nothing of it is shown. */
export const privateKey = {
  kind: 'private-key',
  name: 'a private key',
  error: 'a private key: nothing of it is shown, and it belongs in no page',
} as const
