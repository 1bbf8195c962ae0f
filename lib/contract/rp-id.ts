import { parse } from 'tldts'

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Why no browser takes a text as an RP ID, or undefined. It is a domain as URLs have it, and no public suffix: passkeys of
 * a suffix would be good for everybody who has a domain under it.
 *
 * @see https://www.w3.org/TR/webauthn-3/#rp-id
 * @see https://html.spec.whatwg.org/multipage/browsers.html#is-a-registrable-domain-suffix-of-or-is-equal-to
 */
export function whyNoRpId(text: string): string | undefined {
  if (text.length > 253) return 'is longer than 253 characters'
  if (text.endsWith('.')) return 'ends with a dot'
  if (/[\s/:@?#%\\]/.test(text) && !/^\[.*\]$/.test(text)) return 'is not a domain: leave scheme, port and path out'
  const host = URL.parse(`https://${text}`)?.hostname
  if (host === undefined) return 'is not a domain'
  if (parse(host).isIp) return 'is an address, and browsers take domains only'
  if (/[A-Z]/.test(text)) return `has to be in lower case: ${host}`
  if (host !== text) return `has to be written as browsers do: ${host}`
  if (!host.split('.').every((part) => label.test(part))) {
    return 'is not a domain: between its dots are letters, digits and inner hyphens, up to 63'
  }
  // A name of one's own network, localhost too, is the RP ID of its own host.
  if (!host.includes('.')) return parse(host).isIcann ? suffix(host) : undefined
  return parse(host, { allowPrivateDomains: true }).domain === null ? suffix(host) : undefined
}

function suffix(host: string): string {
  return `is a public suffix, which no browser takes: name a domain of yours under it, such as example.${host}`
}
