/** The verifier and its cryptography, which are larger than all that decodes: they come when a response is there to verify. */
export async function loadVerifier() {
  const [recorded, trust, key] = await Promise.all([
    import('#lib/webauthn/verify/recorded.ts'),
    import('#lib/webauthn/verify/recorded-trust.ts'),
    import('#lib/webauthn/verify/recorded-key.ts'),
  ])
  return { ...recorded, ...trust, ...key }
}
