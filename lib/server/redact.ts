// Whole keys, tokens and secrets, wherever they might stand in a text; of a secret that was cut off, also the part.
const secrets = /sk_(?:test|live)_[0-9A-Za-z]{12}_[0-9A-Za-z]+|eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g

/** A text for a log or an answer, with every API key and token cut out. */
export function redact(text: string): string {
  return text.replace(secrets, '[redacted]')
}
