/**
 * How an API key is written: `sk_test_` or `sk_live_`, an id, `_`, a secret (256 bits) and a checksum, in base62.
 * The id is public; the checksum, the CRC-32 of all before it, lets any scanner tell a key from what only looks like one.
 */
export const apiKeyLengths = { id: 12, secret: 43, checksum: 6 } as const

const { id, secret, checksum } = apiKeyLengths
const digit = '[0-9A-Za-z]'

/** How every key begins; the group is its environment. */
export const apiKeyStart = /^sk_(test|live)_/

/** A whole key; the groups are its environment, id, secret and checksum. Whether the checksum is right it does not say. */
export const apiKeyPattern = new RegExp(
  `${apiKeyStart.source}(${digit}{${id}})_(${digit}{${secret}})(${digit}{${checksum}})$`,
)

/** A key within other text; of one that was cut off inside its secret, the part. */
export const apiKeyInText = new RegExp(`sk_(?:test|live)_${digit}{${id}}_${digit}+`)

/** Characters of a whole key. */
export const apiKeyLength = 'sk_test_'.length + id + '_'.length + secret + checksum

/** The digits of base62, the smallest first. */
export const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** What ends a key: the CRC-32 of `text`, all that stands before it, in six base62 digits. */
export function apiKeyChecksum(text: string): string {
  let rest = crc32(text)
  let sum = ''
  for (let place = 0; place < checksum; place++) {
    sum = base62.charAt(rest % 62) + sum
    rest = Math.floor(rest / 62)
  }
  return sum
}

/** Whether a text is a whole key without a mistyped character. Whether there is such a key only the server knows. */
export function isApiKey(text: string): boolean {
  return apiKeyPattern.test(text) && apiKeyChecksum(text.slice(0, -checksum)) === text.slice(-checksum)
}

// What each byte does to the sum.
const remainders = Uint32Array.from({ length: 256 }, (_, remainder) => {
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  return remainder
})

/** Of ASCII, which a key is. */
function crc32(text: string): number {
  let crc = -1
  for (let at = 0; at < text.length; at++) {
    crc = (crc >>> 8) ^ (remainders[(crc ^ text.charCodeAt(at)) & 0xff] as number)
  }
  return ~crc >>> 0
}
