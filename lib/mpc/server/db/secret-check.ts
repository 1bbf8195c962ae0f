import type { Direct } from '#lib/foundation/direct.ts'
import { firstKept, firstKeptIn } from '#lib/foundation/first-kept.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { deriveKey, secretSource } from '../secret.ts'
import { checkName, keptCheck } from './secret-check-value.ts'

/**
 * Lets a database be opened only under the secret that it was made under: under another no share in it would open. Nothing
 * is written.
 *
 * @throws StartError
 */
export function checkSecret(file: string): void {
  const kept = keptCheck(file)
  if (kept !== undefined && kept !== checkValue()) throw another(file)
  // A secret that is none is said before anything is made under it.
  checkValue()
}

/**
 * Keeps the check value of the secret. Of processes that start at once on a new database, the first decides.
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

/** Tells nothing of the secret, and is of no other use: derived for this purpose alone. */
function checkValue(): string {
  return deriveKey(checkName).toString('base64url')
}

function another(file: string): StartError {
  return new StartError(
    `The database ${file} was made under another MPC secret than the one in ${secretSource()}: put back the one that it was made under; every character counts, a line break at its end too.`,
  )
}
