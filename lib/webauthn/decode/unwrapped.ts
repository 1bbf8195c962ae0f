/**
 * A text without what people copy along with it: quotes, a trailing comma, `Bearer`, the head of a `data:` URL, or
 * percent-encoding. `how` says what was taken off, to stand behind the name of the writing.
 */
export function unwrapped(input: string): { text: string; how: string } {
  let text = input.replace(/^\ufeff/, '').trim()
  const how: string[] = []
  const bearer = text.replace(/^(?:authorization:\s*)?bearer\s+(?=eyJ)/i, '')
  const bare = withoutQuotes(bearer.replace(/^data:[^,\s]{0,100};base64,/i, ''))
  if (bare !== bearer) how.push('in quotes')
  text = bare
  if (/%[0-9a-f]{2}/i.test(text) && !/[\s{}"<>]/.test(text)) {
    const decoded = percentDecoded(text)
    if (decoded !== undefined) {
      text = decoded.trim()
      how.push('percent-encoded')
    }
  }
  return { text, how: how.map((word) => `, ${word}`).join('') }
}

/** In quotes of any kind, with the escapes of a string in double ones; the closing one may be missing. */
function withoutQuotes(text: string): string {
  const quote = text[0]
  if (quote !== '"' && quote !== "'" && quote !== '`') return text
  const ended = text.replace(/[,;]$/, '')
  const inner = ended.length > 1 && ended.endsWith(quote) ? ended.slice(1, -1) : ended.slice(1)
  try {
    return quote === '"' ? String(JSON.parse(`"${inner}"`)).trim() : inner.trim()
  } catch {
    return inner.trim()
  }
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
