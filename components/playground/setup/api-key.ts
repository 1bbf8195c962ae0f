import { apiKeyLength, apiKeyLengths, apiKeyPattern, apiKeyStart, isApiKey } from '#lib/contract/api-key-format.ts'

const { id, secret, checksum } = apiKeyLengths
const samples = ['test', 'live'].map((type) => `sk_${type}_${'0'.repeat(id)}_${'0'.repeat(secret + checksum)}`)

/**
 * Why a text cannot be an API key, in words; undefined when it may be one, which the server then says. While a person is
 * typing (`unfinished`), what may still become a key is no mistake.
 */
export function keyMistake(text: string, unfinished = false): string | undefined {
  if (isApiKey(text)) return undefined
  const begins = samples.some((sample) => apiKeyPattern.test(text + sample.slice(text.length)))
  const missing = apiKeyLength - text.length
  if (unfinished && begins && missing > 0) return undefined
  if (/\s/.test(text)) return 'An API key has no spaces or line breaks in it.'
  if (!apiKeyStart.test(text)) return 'An API key begins with sk_test_ or sk_live_.'
  if (missing < 0) return `This key is ${-missing} ${missing === -1 ? 'character' : 'characters'} too long.`
  if (!begins)
    return `An API key is sk_test_ or sk_live_, ${id} letters or digits, an underscore and ${secret + checksum} more.`
  if (missing > 0) return `This key is ${missing} ${missing === 1 ? 'character' : 'characters'} too short.`
  return 'A character of this key is wrong: its checksum does not fit. Copy it again from where you got it.'
}

/** A key as it may be shown: its public id, then dots, then its last four characters. */
export function maskedKey(key: string): { start: string; end: string } {
  if (!apiKeyPattern.test(key)) return { start: '•'.repeat(Math.min(key.length, 40)), end: '' }
  return { start: `${key.slice(0, 21)}•••••`, end: key.slice(-4) }
}
