import { apiKeyInText } from '#lib/contract/api-key-format.ts'
import { notKept } from '#lib/webauthn/not-kept.ts'

const keys = new RegExp(apiKeyInText.source, 'g')
/** Characters of base64url and dots: what a JWT stands in. */
const dotted = /[\w.-]+/g

/** Whether a text has in it what is written like an API key or a token. */
export function hasSecret(text: string): boolean {
  return text !== withoutSecrets(text)
}

/** A text, also one of JSON, with what is written like an API key or a token taken out, wherever it stands. */
export function withoutSecrets(text: string): string {
  return text.replace(keys, '(a key)').replace(dotted, withoutTokens)
}

/**
 * Without JWTs: three parts, the first of which is a JSON object, wherever it begins. Part by part, since a pattern would read
 * the rest of the text anew at each beginning of one: a file of 1 MB could keep the page for minutes.
 */
function withoutTokens(text: string): string {
  if (!text.includes('eyJ')) return text
  const parts = text.split('.')
  const left: string[] = []
  for (let at = 0; at < parts.length; at++) {
    const [part = '', payload, signature] = parts.slice(at, at + 3)
    const begins = part.indexOf('eyJ')
    const isToken = begins >= 0 && part.length > begins + 3 && payload && signature !== undefined
    left.push(isToken ? `${part.slice(0, begins)}(a token)` : part)
    if (isToken) at += 2
  }
  return left.join('.')
}

/** Members that are secret, by the name of what they stand in. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  prf: ['results'],
  largeBlob: ['blob', 'write'],
  hmacGetSecret: ['output1', 'output2'],
}

/** What stands under a name, or a path that ends in it, without what a passkey gave or keeps in secret: a replacer of `JSON.stringify`. */
export function withoutSecretMembers(name: string, value: unknown): unknown {
  const [, members] = Object.entries(secrets).find(([path]) => name === path || name.endsWith(`.${path}`)) ?? []
  if (!members || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, members.includes(member) ? notKept : inner]),
  )
}
