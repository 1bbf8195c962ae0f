import { apiKeyInText } from '#lib/contract/api-key-format.ts'
import { privateKey } from '#lib/webauthn/decode/private-key.ts'
import { recognise } from '#lib/webauthn/decode/recognise.ts'

/** What of a text may stand in no address, with its article; undefined where nothing is. */
export function secretIn(text: string): string | undefined {
  if (apiKeyInText.test(text)) return 'An API key'
  const isPrivate = /PRIVATE KEY-----/.test(text) || recognise(text).readings[0]?.kind === privateKey.kind
  return isPrivate ? 'A private key' : undefined
}
