import { apiKeyLength, apiKeyLengths, apiKeyPattern, apiKeyStart } from '#lib/contract/api-key-format.ts'

const { id, secret, checksum } = apiKeyLengths

/** Why a text cannot be an API key, in words; undefined when it may be one. The server has the last word. */
export function keyMistake(text: string): string | undefined {
  if (apiKeyPattern.test(text)) return undefined
  if (/\s/.test(text)) return 'An API key has no spaces or line breaks in it.'
  if (!apiKeyStart.test(text)) return 'An API key begins with sk_test_ or sk_live_.'
  const missing = apiKeyLength - text.length
  if (missing > 0) return `This key is ${missing} ${missing === 1 ? 'character' : 'characters'} too short.`
  if (missing < 0) return `This key is ${-missing} ${missing === -1 ? 'character' : 'characters'} too long.`
  return `An API key is sk_test_ or sk_live_, ${id} letters or digits, an underscore and ${secret + checksum} more.`
}

/** A key as it may be shown: its public id, then dots, then its last four characters. */
export function maskedKey(key: string): { start: string; end: string } {
  if (!apiKeyPattern.test(key)) return { start: '•'.repeat(Math.min(key.length, 40)), end: '' }
  return { start: `${key.slice(0, 21)}•••••`, end: key.slice(-4) }
}
