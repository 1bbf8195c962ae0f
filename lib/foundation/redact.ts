import { apiKeyInText } from '#lib/contract/api-key-format.ts'

// Whole keys, tokens, client secrets, service tokens and signing secrets, wherever they might stand in a text; of one that was cut off, also
// the part. A token begins where no letter stands before it, so that a text is read once, however often a beginning stands
// in it.
const token = /(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/
const clientSecret = /cs_[0-9A-Za-z]{43,}|(?<!\w)cs_[0-9A-Za-z]{8,}/
const serviceToken = /st_mpc_[0-9A-Za-z]{12}_[0-9A-Za-z]+/
const signingSecret = /whsec_[0-9A-Za-z+/]{8,}={0,2}/
const all = [apiKeyInText, token, clientSecret, serviceToken, signingSecret]
const secrets = new RegExp(all.map(({ source }) => source).join('|'), 'g')

/** A text for a log or an answer, with every API key, token, client secret, service token and signing secret cut out. */
export function redact(text: string): string {
  return text.replace(secrets, '[redacted]')
}
