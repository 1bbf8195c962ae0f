import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { fileOf as fileOfDatabase } from '#lib/foundation/database-place.ts'
import { secretFile } from '#lib/foundation/secret-file.ts'
import { madeUnder } from './db/made-under.ts'
import { env } from './env.ts'

let secret: string | undefined
const prepared = new Map<string, KeyObject>()

/**
 * A 32-byte key for one purpose, derived from the root secret (HKDF-SHA-256): the same for every process that shares it.
 *
 * @throws StartError where the secret is none
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveKey(purpose: string, length = 32): Buffer {
  secret ??= env().rootSecret ?? secretFile(ofTheFile())
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

/** Where the secret comes from, as messages name it. */
export function secretSource(): string {
  return env().rootSecret === undefined ? fileOf(env().dataDir) : 'ROOT_SECRET'
}

const fileOf = (dataDir: string) => join(dataDir, 'secret')

function ofTheFile() {
  const { dataDir, database } = env()
  const databaseFile = fileOfDatabase(database)
  const isUsed = () => madeUnder(databaseFile).used
  return { file: fileOf(dataDir), name: 'root secret', variable: 'ROOT_SECRET', databaseFile, isUsed }
}
