import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'
import { env } from '../env.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * The client's address: the socket's, or, only where the socket is one of TRUSTED_PROXIES, the first hop of
 * X-Forwarded-For, from the right, that is none. Undefined where the socket is not known: behind Next's own mount.
 */
export function clientAddress(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return addressBehind(incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'), env().trustedProxies)
}

/** The same, of plain values. A hop that is no address ends the walk: what stands left of it is not believed. */
export function addressBehind(
  socket: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly [Address, number][],
): string | undefined {
  let address = read(socket)
  const hops = forwardedFor?.split(',') ?? []
  while (address && isTrusted(address, trusted) && hops.length > 0) {
    const hop = read(hops.pop())
    if (!hop) break
    address = hop
  }
  return address?.toString()
}

/** An address of a text; an IPv4-mapped IPv6 address is the IPv4 one. */
function read(text: string | undefined): Address | undefined {
  const trimmed = text?.trim() ?? ''
  return ipaddr.isValid(trimmed) ? ipaddr.process(trimmed) : undefined
}

function isTrusted(address: Address, trusted: readonly [Address, number][]): boolean {
  return trusted.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
}
