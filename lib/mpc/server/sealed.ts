import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { preparedKey } from './secret.ts'

/**
 * Encrypts bytes for storage: AES-256-GCM under a key derived from the MPC server's own secret. What they are bound to, such as
 * kind, tenant, environment, key and party, opens nothing else.
 */
export function seal(bytes: Uint8Array, boundTo: readonly (string | number)[]): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', preparedKey('sealed'), iv).setAAD(aad(boundTo))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/**
 * Decrypts what `seal` made for the same purpose.
 *
 * @throws Error when it was changed, or sealed under another secret or for something else
 */
export function unseal(sealed: string, boundTo: readonly (string | number)[]): Uint8Array {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', preparedKey('sealed'), bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(aad(boundTo))
    .setAuthTag(bytes.subarray(12, 28))
  return Uint8Array.from(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]))
}

function aad(boundTo: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(boundTo))
}
