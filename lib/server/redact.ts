import { apiKeyInText } from '#lib/contract/api-key-format.ts'

// Whole keys and tokens, wherever they might stand in a text; of one that was cut off, also the part. A token begins where
// no letter stands before it, so that a text is read once, however often a beginning stands in it.
const secrets = new RegExp(`${apiKeyInText.source}|${/(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/.source}`, 'g')

/** A text for a log or an answer, with every API key and token cut out. */
export function redact(text: string): string {
  return text.replace(secrets, '[redacted]')
}
