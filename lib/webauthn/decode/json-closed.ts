/**
 * JSON text whose object ends too early, closed, so that what stands in it can be read; `cut` says that its last member is
 * cut short. Undefined where no member stands, or the text is broken otherwise.
 */
export function closedJson(text: string): { json: string; cut: boolean } | undefined {
  let inText = false
  let comma = 0
  const open: string[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') inText = !inText
    else if (inText) at += char === '\\' ? 1 : 0
    else if (char === '{') open.unshift('}')
    else if (char === '[') open.unshift(']')
    else if (char === '}' || char === ']') open.shift()
    else if (char === ',' && open.length === 1) comma = at
  }
  if (open.at(-1) !== '}') return undefined
  const closed = { json: text + (inText ? '"' : '') + open.join(''), cut: inText || open.length > 1 }
  return [closed, { json: `${text.slice(0, comma)}}`, cut: false }].find(({ json }) => hasMembers(json))
}

function hasMembers(json: string): boolean {
  try {
    return Object.keys(JSON.parse(json)).length > 0
  } catch {
    return false
  }
}
