import { env } from '../env.ts'

const always = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' }

// A year, of this host and not of others below it.
const transport = { 'Strict-Transport-Security': 'max-age=31536000' }

let made: Readonly<Record<string, string>> | undefined

/**
 * What every answer carries, of the API and of pages. Where people come by https, browsers are told to come by nothing
 * else from then on.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6797
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  made ??= env().baseUrl.startsWith('https:') ? { ...always, ...transport } : always
  return made
}
