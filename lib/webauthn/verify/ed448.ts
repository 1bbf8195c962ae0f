/**
 * Whether an Ed448 signature is good, which neither SimpleWebAuthn nor every browser can tell. What verifies it is large, and
 * comes when it is asked for.
 *
 * @param key the public key, 57 bytes; none of small order is taken
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.2.7
 */
export async function isSignedByEd448(key: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const { ed448 } = await import('@noble/curves/ed448.js')
  try {
    return ed448.verify(signature, data, key, { zip215: false })
  } catch {
    return false
  }
}
