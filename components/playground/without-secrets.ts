import { apiKeyInText } from '#lib/contract/api-key-format.ts'
import { notKept } from '#lib/webauthn/not-kept.ts'

const keys = new RegExp(apiKeyInText.source, 'g')
/** A JWT: three parts in base64url, the first of which is a JSON object. */
const tokens = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g

/** Whether a text has in it what is written like an API key or a token. */
export function hasSecret(text: string): boolean {
  return text !== withoutSecrets(text)
}

/** A text, also one of JSON, with what is written like an API key or a token taken out, wherever it stands. */
export function withoutSecrets(text: string): string {
  return text.replace(keys, '(a key)').replace(tokens, '(a token)')
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
