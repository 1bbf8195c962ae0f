import ipaddr from 'ipaddr.js'

// What the Internet routes of IPv6: all else is local, reserved, or another address in disguise.
const globalUnicast = ipaddr.parseCIDR('2000::/3')
const documentation = ipaddr.parseCIDR('3fff::/20')

/**
 * Whether an address is one of the public Internet, that anybody could reach. Those that carry another address (IPv4-mapped,
 * NAT64, 6to4, Teredo) and those with a zone are none, whatever they carry.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublic(address: string): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed.match(globalUnicast) && !parsed.match(documentation))
}
