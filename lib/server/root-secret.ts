import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from './env.ts'

let secret: string | undefined
const prepared = new Map<string, KeyObject>()

/**
 * A 32-byte key for one purpose, derived from the root secret (HKDF-SHA-256): the same for every process that shares it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveKey(purpose: string, length = 32): Buffer {
  secret ??= env().rootSecret ?? fileSecret(env().dataDir)
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, length))
}

/** The same, ready for use: it is prepared once for each purpose, where bytes would be for each request. */
export function preparedKey(purpose: string): KeyObject {
  const known = prepared.get(purpose)
  if (known) return known
  const key = createSecretKey(deriveKey(purpose))
  prepared.set(purpose, key)
  return key
}

/** The secret in the data directory, made on first start. Of two processes that start at once, one makes it. */
function fileSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}
