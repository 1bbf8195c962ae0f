const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const opening: ReadonlySet<number | undefined> = new Set([0x5b, 0x7b])
const closing: ReadonlySet<number | undefined> = new Set([0x5d, 0x7d])

/**
 * How much there is in JSON, seen without parsing it: how many values stand beside each other, which is one more than
 * there are commas outside of texts, and how deep arrays and objects lie in each other. Of what is no JSON it says something.
 *
 * To ask before: thousands of members, or of arrays in arrays, are dear to whatever then looks at them.
 */
export function jsonSize(bytes: Uint8Array): { values: number; depth: number } {
  let [values, depth, level] = [1, 0, 0]
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) inText = !inText
    else if (inText) at += byte === backslash ? 1 : 0
    else if (byte === comma) values++
    else if (opening.has(byte)) depth = Math.max(depth, ++level)
    else if (closing.has(byte)) level--
  }
  return { values, depth }
}
