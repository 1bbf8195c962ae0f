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
