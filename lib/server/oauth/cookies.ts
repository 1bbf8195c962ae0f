import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '../env.ts'
import { preparedKey } from '../root-secret.ts'

/** Cookies of a request. */
export interface Cookies {
  get(name: string): { value: string } | undefined
}

/** Names of cookies: over HTTPS those that only this host can set. */
export function cookieNames() {
  const prefix = secure() ? '__Host-' : ''
  // The interaction's are for one path each, which `__Host-` rules out.
  return { session: `${prefix}oauth`, interaction: 'oauth_interaction', resume: 'oauth_resume' }
}

/** Whether cookies are for HTTPS only. */
export function secure(): boolean {
  return new URL(env().baseUrl).protocol === 'https:'
}

/**
 * How cookies are signed, as the provider asks for it: what stands in one may be known to others (an interaction's uid is
 * in its address), and then it is worth nothing without the signature beside it.
 */
export const cookieKeys = {
  sign: (text: string) => createHmac('sha256', preparedKey('oauth-cookie')).update(text).digest('base64url'),
  verify: (text: string, signature: string) => cookieKeys.index(text, signature) === 0,
  index: (text: string, signature: string) => {
    const [expected, given] = [Buffer.from(cookieKeys.sign(text)), Buffer.from(signature)]
    return expected.length === given.length && timingSafeEqual(expected, given) ? 0 : -1
  },
}

/** A cookie's value, where its signature is ours. */
export function signedCookie(cookies: Cookies, name: string): string | undefined {
  const value = cookies.get(name)?.value
  const signature = cookies.get(`${name}.sig`)?.value
  return value && signature && cookieKeys.verify(`${name}=${value}`, signature) ? value : undefined
}
