/** A member of a JSON object: its name, its value's own text, and where both stand in the text. */
export interface JsonMember {
  name: string
  text: string
  from: number
  to: number
}

/**
 * The members of a JSON object in the order of the text, duplicates included, which a parser would drop silently.
 *
 * The text must already have been parsed as an object: this only looks for its outermost commas and colons.
 */
export function membersOf(json: string): JsonMember[] {
  const members: JsonMember[] = []
  let depth = 0
  let from = -1
  let colon = -1
  // Strings whole, so that nothing inside them counts; then the punctuation; white space and scalars are passed over.
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\],:]/g)) {
    const closes = token === '}' || token === ']'
    if (depth === 1 && (token === ',' || closes) && from >= 0) {
      const text = json.slice(colon + 1, index).trim()
      const to = json.slice(0, index).trimEnd().length
      members.push({ name: JSON.parse(json.slice(from, colon)), text, from, to })
      from = colon = -1
    } else if (depth === 1 && token === ':' && colon < 0) colon = index
    else if (depth === 1 && from < 0) from = index
    if (closes) depth--
    else if (token === '{' || token === '[') depth++
  }
  return members
}
