const shape = /^sk_(test|live)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/

/** Why a text cannot be an API key, in words; undefined when it may be one. The server has the last word. */
export function keyMistake(text: string): string | undefined {
  if (shape.test(text)) return undefined
  if (/\s/.test(text)) return 'An API key has no spaces or line breaks in it.'
  if (!/^sk_(test|live)_/.test(text)) return 'An API key begins with sk_test_ or sk_live_.'
  const missing = 'sk_test_'.length + 12 + 1 + 49 - text.length
  if (missing > 0) return `This key is ${missing} ${missing === 1 ? 'character' : 'characters'} too short.`
  if (missing < 0) return `This key is ${-missing} ${missing === -1 ? 'character' : 'characters'} too long.`
  return 'An API key is sk_test_ or sk_live_, 12 letters or digits, an underscore and 49 more.'
}

/** A key as it may be shown: its public id, then dots, then its last four characters. */
export function maskedKey(key: string): { start: string; end: string } {
  if (!shape.test(key)) return { start: '•'.repeat(Math.min(key.length, 40)), end: '' }
  return { start: `${key.slice(0, 21)}•••••`, end: key.slice(-4) }
}
