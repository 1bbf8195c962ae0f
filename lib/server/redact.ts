import { apiKeyInText } from '#lib/contract/api-key-format.ts'

// Whole keys and tokens, wherever they might stand in a text; of one that was cut off, also the part.
const secrets = new RegExp(`${apiKeyInText.source}|${/eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/.source}`, 'g')

/** A text for a log or an answer, with every API key and token cut out. */
export function redact(text: string): string {
  return text.replace(secrets, '[redacted]')
}
