import { apiKeyInText } from '#lib/contract/api-key-format.ts'

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
