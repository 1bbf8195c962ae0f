/** A piece of JSON text that has a look of its own. */
export interface JsonToken {
  kind: 'name' | 'text' | 'number' | 'word' | 'mark' | 'wrong'
  from: number
  to: number
}

/** JSON text as it is being written: what is in it, and where it stops being JSON. */
export interface JsonScan {
  tokens: readonly JsonToken[]
  /** Where each member stands, from its name to the end of its value, by its names from the outermost in, joined by dots. */
  members: ReadonlyMap<string, { from: number; to: number }>
  /** The first thing that no JSON has there, and where it is. */
  fault?: { at: number; words: string }
}

const pattern = /[\t\n\r ]+|("(?:[^"\\\n]|\\.)*"?)|(-?\d[\d.eE+-]*)|([A-Za-z]+)|([{}[\],:])|(.)/suy
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const words = ['true', 'false', 'null']
const deepest = 64

/** The longest text that is read, in characters: what a server takes. */
export const longestJson = 65_536

/** Scans JSON text. It never throws: after a fault the rest only gets its colours, and of one that is too long nothing is read. */
export function scanJson(text: string): JsonScan {
  if (text.length > longestJson) {
    const most = longestJson.toLocaleString('en')
    const fault = {
      at: 0,
      words: `it has ${text.length.toLocaleString('en')} characters, and at most ${most} are read`,
    }
    return { tokens: [], members: new Map(), fault }
  }
  const tokens = tokensOf(text)
  const members = new Map<string, { from: number; to: number }>()
  let next = 0
  let fault: JsonScan['fault']

  const fail = (at: number, why: string): false => {
    fault ??= { at, words: why }
    return false
  }
  const shown = (token: JsonToken) => text.slice(token.from, token.to)
  const isMark = (mark: string) => tokens[next]?.kind === 'mark' && text[tokens[next]?.from ?? 0] === mark
  const expected = (what: string) => {
    const token = tokens[next]
    return token
      ? fail(token.from, `${what} is expected here, not ${shown(token).slice(0, 24)}`)
      : fail(text.trimEnd().length, `it ends where ${what} is expected`)
  }

  function value(path: string, depth: number): boolean {
    const token = tokens[next]
    if (!token) return expected('a value')
    if (depth > deepest) return fail(token.from, `it goes deeper than ${deepest} levels`)
    if (isMark('{')) return list('}', () => member(path, depth))
    if (isMark('[')) return list(']', () => value(`${path}[]`, depth + 1))
    const why = whyWrong(token)
    if (why) return fail(token.from, why)
    if (token.kind === 'mark') return expected('a value')
    next++
    return true
  }

  function list(end: string, entry: () => boolean): boolean {
    next++
    if (isMark(end)) {
      next++
      return true
    }
    while (entry()) {
      if (isMark(end)) {
        next++
        return true
      }
      if (!isMark(',')) return expected(`a comma or ${end}`)
      const comma = tokens[next]?.from ?? 0
      next++
      if (isMark(end)) return fail(comma, `nothing follows this comma: JSON has none before ${end}`)
    }
    return false
  }

  function member(path: string, depth: number): boolean {
    const token = tokens[next]
    if (!token || (token.kind !== 'text' && token.kind !== 'name')) return expected('a name in double quotes')
    const why = whyWrong(token)
    if (why) return fail(token.from, why)
    const name = JSON.parse(shown(token)) as string
    token.kind = 'name'
    next++
    if (!isMark(':')) return expected('a colon')
    next++
    const own = path ? `${path}.${name}` : name
    if (members.has(own) && !own.includes('[]')) return fail(token.from, `“${name.slice(0, 24)}” stands here twice`)
    if (!value(own, depth + 1)) return false
    members.set(own, { from: token.from, to: tokens[next - 1]?.to ?? token.to })
    return true
  }

  function whyWrong(token: JsonToken): string | undefined {
    const written = shown(token)
    if (token.kind === 'number' && !number.test(written)) return `${written.slice(0, 24)} is no number of JSON`
    if (token.kind === 'text' || token.kind === 'name') {
      try {
        JSON.parse(written)
      } catch {
        return written.length > 1 && written.endsWith('"')
          ? 'this text has an escape that JSON does not know'
          : 'this text has no end'
      }
    }
    if (token.kind === 'wrong') {
      return /[A-Za-z]/.test(written)
        ? `${written.slice(0, 24)} is no value of JSON: text stands in double quotes`
        : `${written} is not JSON`
    }
    return undefined
  }

  if (value('', 0) && next < tokens.length) expected('the end')
  return { tokens, members, ...(fault ? { fault } : {}) }
}

function tokensOf(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match?.[0]; match = pattern.exec(text)) {
    const [whole, string, digits, word, mark, other] = match
    const from = match.index
    const to = from + whole.length
    if (string) tokens.push({ kind: /^\s*:/.test(text.slice(to, to + 64)) ? 'name' : 'text', from, to })
    else if (digits) tokens.push({ kind: 'number', from, to })
    else if (word) tokens.push({ kind: words.includes(word) ? 'word' : 'wrong', from, to })
    else if (mark) tokens.push({ kind: 'mark', from, to })
    else if (other) tokens.push({ kind: 'wrong', from, to })
  }
  return tokens
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
