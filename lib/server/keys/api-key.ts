import { createHmac, timingSafeEqual } from 'node:crypto'
import { apiKeyChecksum, apiKeyLengths, apiKeyPattern } from '#lib/contract/api-key-format.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { randomText } from '../ids.ts'
import { preparedKey } from '../root-secret.ts'

/** The parts of an API key's text that may be known. */
export interface ApiKeyText {
  id: string
  environment: Environment
}

/** Writes an API key, by default a new one. */
export function writeApiKey(
  environment: Environment,
  id = randomText(apiKeyLengths.id),
  secret = randomText(apiKeyLengths.secret),
): string {
  const text = `sk_${environment}_${id}_${secret}`
  return text + apiKeyChecksum(text)
}

/** Reads an API key's text; undefined when it is none or a character of it is wrong, which takes no database to say. */
export function readApiKey(text: string): ApiKeyText | undefined {
  const [, environment, id, , sum = ''] = apiKeyPattern.exec(text) ?? []
  if (!environment || !id || apiKeyChecksum(text.slice(0, -sum.length)) !== sum) return undefined
  return { id, environment: environment as Environment }
}

/** How a key is shown after its making: enough to tell it from others. */
export function hintOf(key: string): string {
  return `${key.slice(0, 20)}_…${key.slice(-4)}`
}

/** What is kept of a key: HMAC-SHA-256 under a key derived from the root secret. */
export function hashApiKey(key: string): string {
  return createHmac('sha256', preparedKey('api-key-hmac')).update(key).digest('base64url')
}

/** Whether a presented key is the one that was kept, in constant time; where none was, false after the same work. */
export function matchesHash(key: string, hash = nobodys): boolean {
  return timingSafeEqual(Buffer.from(hashApiKey(key)), Buffer.from(hash)) && hash !== nobodys
}

// The length of a hash, and no key has it.
const nobodys = '-'.repeat(43)
