import { parse } from 'tldts'

/**
 * The RP IDs that browsers take from a page on this host, the host's own first: itself and its parents down to the
 * registrable domain. None for an address, or for a public suffix.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#is-a-registrable-domain-suffix-of-or-is-equal-to
 */
export function permittedRpIds(hostname: string): string[] {
  const { isIp, domain } = parse(hostname, { allowPrivateDomains: true })
  if (isIp || !hostname) return []
  if (!hostname.includes('.')) return [hostname]
  if (!domain) return hostname.endsWith('.localhost') ? [hostname] : []
  const parts = hostname.split('.')
  return parts.map((_, at) => parts.slice(at).join('.')).filter((each) => each.length >= domain.length)
}
