import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** An address, or a CIDR: its first address and how many bits of it count. */
export type AddressRange = [first: Address, bits: number]

// What C libraries read besides (`127.1`, `0x7f000001`, octal numbers) is how one address passes for another.
const dotted = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/

/**
 * An address of a text, IPv4-mapped IPv6 as the IPv4 address that it is. Undefined where it is none: among them zones,
 * ports, brackets, leading zeros, IPv4 as one number, and `::192.0.2.1`, which is not the IPv4 address that it looks like.
 */
export function readAddress(text: string): Address | undefined {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const plain = tail === text || tail.includes('.')
  if (/%|^::\d+\./.test(text) || (plain && !dotted.test(tail))) return undefined
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined
}

/** An entry of an allowlist; call it where `whyNoRange` found nothing. */
export function readRange(text: string): AddressRange {
  const [head = '', bits] = text.split('/')
  const given = ipaddr.parse(head)
  const first = ipaddr.process(head)
  const whole = first.kind() === 'ipv4' ? 32 : 128
  // A mapped range is said in the 128 bits of IPv6.
  return [first, bits === undefined ? whole : Number(bits) - (given.kind() === first.kind() ? 0 : 96)]
}

/** Whether an address lies in a range. */
export function isWithin(address: Address, [first, bits]: AddressRange): boolean {
  return address.kind() === first.kind() && address.match(first, bits)
}

/** Whether every address of a range lies in another. */
export function isPartOf([first, bits]: AddressRange, whole: AddressRange): boolean {
  return bits >= whole[1] && isWithin(first, whole)
}

/** How an entry is kept and shown: in its canonical form. */
export function canonicalRange(text: string): string {
  const [first, bits] = readRange(text)
  return text.includes('/') ? `${first}/${bits}` : first.toString()
}

/** Why a text is no entry of an allowlist, or undefined: an address, or a CIDR whose host bits are zero and which is not everything. */
export function whyNoRange(text: string): string | undefined {
  const [head = '', bits, ...more] = text.split('/')
  if (/(?:^|[.:])0\d+(?=\.|$)/.test(head) && head.includes('.'))
    return 'has a number with a leading zero, which some read as octal'
  if (more.length > 0 || !readAddress(head)) return 'is no IPv4 or IPv6 address or CIDR'
  if (bits === undefined) return undefined
  const mapped = ipaddr.parse(head).kind() !== ipaddr.process(head).kind()
  const whole = ipaddr.parse(head).kind() === 'ipv4' ? 32 : 128
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > whole) return `has no prefix length of 0 to ${whole}`
  if (mapped && Number(bits) < 96)
    return 'reaches beyond the IPv4-mapped addresses: its prefix length must be 96 or more'
  const range = readRange(text)
  if (range[1] === 0) return 'allows every address: leave the list empty for that'
  const network = (range[0].kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(
    `${range[0]}/${range[1]}`,
  )
  return network.toString() === range[0].toString()
    ? undefined
    : `has host bits set: did you mean ${network}/${range[1]}?`
}
