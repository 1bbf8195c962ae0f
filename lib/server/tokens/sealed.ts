import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { preparedKey } from '../root-secret.ts'

let pool = Buffer.alloc(0)

/** 12 random bytes, asked of the system by the hundred: one question costs as much as encryption does. */
function freshIv(): Buffer {
  if (pool.length === 0) pool = randomBytes(1_200)
  const iv = pool.subarray(0, 12)
  pool = pool.subarray(12)
  return iv
}

/** Encrypts a text for storage: AES-256-GCM under a key derived from the root secret; `purpose` is bound to it. */
export function seal(text: string, purpose: string): string {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', preparedKey('sealed'), iv).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/**
 * Decrypts what `seal` made for the same purpose.
 *
 * @throws Error when it was changed, or sealed under another root secret or purpose
 */
export function unseal(sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', preparedKey('sealed'), bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
