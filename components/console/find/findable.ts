import { apiKeyInText } from '#lib/contract/api-key-format.ts'

// What begins a secret of ours: an OAuth client's, what signs webhooks and skills, a service token of the MPC server, a token.
const secrets = /\b(?:cs|whsec|st_mpc)_[\w+/=-]{12,}|\beyJ[\w-]{10,}/

/**
 * What of a text the server may be asked for. Of a whole API key that is its beginning with its id: the secret stays here.
 * Nothing of another secret: undefined.
 */
export function findable(text: string): string | undefined {
  const key = apiKeyInText.exec(text)?.[0]
  if (key) return key.split('_').slice(0, 3).join('_')
  return secrets.test(text) ? undefined : text.trim().slice(0, 128)
}
