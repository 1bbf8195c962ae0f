import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { fileOf as fileOfDatabase } from '#lib/foundation/database-place.ts'
import { secretFile } from '#lib/foundation/secret-file.ts'
import { isUsed } from './db/secret-check-value.ts'
import { env } from './env.ts'

let secret: string | undefined
const prepared = new Map<string, KeyObject>()

/**
 * 32 bytes for one purpose, derived from the MPC server's own secret (HKDF-SHA-256): the same for every process that shares
 * it.
 *
 * @throws StartError where the secret is none
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveKey(purpose: string): Buffer {
  secret ??= env().secret ?? secretFile(ofTheFile())
  return Buffer.from(hkdfSync('sha256', secret, '', `mpc-server:${purpose}`, 32))
}

/** The same, ready for use. */
export function preparedKey(purpose: string): KeyObject {
  const known = prepared.get(purpose)
  if (known) return known
  const key = createSecretKey(deriveKey(purpose))
  prepared.set(purpose, key)
  return key
}

/** Where the secret comes from, as messages name it. */
export function secretSource(): string {
  return env().secret === undefined ? fileOf() : 'MPC_SECRET'
}

function ofTheFile() {
  const databaseFile = fileOfDatabase(env().database)
  const isUsedFile = () => isUsed(databaseFile)
  return { file: fileOf(), name: 'MPC secret', variable: 'MPC_SECRET', databaseFile, isUsed: isUsedFile }
}

function fileOf(): string {
  return join(env().dataDir, 'mpc-secret')
}
