import { isIP } from 'node:net'
import { env } from '../env.ts'
import { invalid } from '../problem.ts'
import { isPublic } from './public-address.ts'
import { isLocalName } from './resolver.ts'

/** Whether an address may be called. */
export function mayCall(address: string): boolean {
  return env().webhookAllowPrivate || isPublic(address)
}

/**
 * A URL that somebody gives to be called, as it is kept: what can be known of it before it is called is in order.
 *
 * @throws Problem invalid_request
 */
export function callableUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const message = url ? whyNotCallable(url) : 'is no URL'
  if (!url || message) throw invalid('url', message ?? '')
  return url.href
}

/** The host of a URL as it is looked up or connected to: an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/**
 * Why a URL will not be called, whatever its name leads to, in words that go on from its name; undefined where nothing is in
 * the way yet.
 */
export function whyNotCallable(url: URL): string | undefined {
  const anything = env().webhookAllowPrivate
  if (url.protocol !== 'https:' && !(anything && url.protocol === 'http:')) return 'must begin with https://'
  if (url.username || url.password) return 'must hold no user and no password: calls are signed'
  if (url.hash) return 'must hold no fragment: it is never sent'
  const host = hostOf(url)
  if (anything || !(isLocalName(host) || (isIP(host) && !isPublic(host)))) return undefined
  return 'must lead to a public address'
}
