import type { Direct } from '#lib/foundation/direct.ts'
import { firstKept, firstKeptIn } from '#lib/foundation/first-kept.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { deriveKey, secretSource } from '../root-secret.ts'
import { unseal } from '../tokens/sealed.ts'
import { checkName, madeUnder, type SealedKey } from './made-under.ts'

/**
 * Lets a database be opened only under the root secret that it was made under; under another, keys and links would be dead
 * and signing keys unreadable. Nothing is written, neither here nor to the data directory.
 *
 * A database that was made before there was a check value is tried by the key that signs in it.
 *
 * @param name what messages call the database
 * @throws StartError
 */
export function checkSecret(file: string, name = file): void {
  const { check, signing, used } = madeUnder(file)
  if (!used) return
  const value = checkValue()
  if (check === undefined ? signing && !opens(signing) : check !== value) throw another(name)
}

/**
 * Keeps the check value of the root secret. Of processes that start at once on a new database, under whatever secrets, the
 * first decides.
 *
 * @throws StartError
 */
export function keepSecretCheck(file: string): void {
  if (firstKept(file, checkName, checkValue()) !== checkValue()) throw another(file)
}

/**
 * The same for a database that many processes reach: looked at and kept in one.
 *
 * @param name what messages call the database
 * @throws StartError
 */
export async function keepSecretCheckIn(direct: Direct, name: string): Promise<void> {
  if ((await firstKeptIn(direct, checkName, checkValue())) !== checkValue()) throw another(name)
}

function opens({ id, privateJwk }: SealedKey): boolean {
  try {
    return unseal(privateJwk, `signing-key:${id}`) !== ''
  } catch {
    return false
  }
}

/** Tells nothing of the secret, and is of no other use: derived for this purpose alone. */
function checkValue(): string {
  return deriveKey(checkName).toString('base64url')
}

function another(file: string): StartError {
  return new StartError(
    `The database ${file} was made under another root secret than the one in ${secretSource()}: put back the one that it was made under; every character counts, a line break at its end too.`,
  )
}
