const lastCodePoint = 0x10ffff

/**
 * The first text behind all those that begin with this one, so that an index finds them as a range: `>= text AND < end`. Null
 * where nothing is behind them. In the order of code points: SQLite's BINARY, and PostgreSQL's C.
 */
export function prefixEnd(text: string): string | null {
  const characters = [...text]
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const next = (last.codePointAt(0) ?? 0) + 1
    if (next <= lastCodePoint) return characters.join('') + String.fromCodePoint(next === 0xd800 ? 0xe000 : next)
  }
  return null
}
