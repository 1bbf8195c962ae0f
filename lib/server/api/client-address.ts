import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { type Address, type AddressRange, isWithin, readAddress } from '#lib/contract/address-range.ts'
import { env } from '../env.ts'

/**
 * The client's address: the socket's, or, only where the socket is one of TRUSTED_PROXIES, the first hop of
 * X-Forwarded-For, from the right, that is none.
 *
 * Next's own mount does not know the socket. There TRUSTED_PROXIES says that nothing but they reaches the server, so the
 * header is believed; without it the address is undefined.
 */
export function clientAddress(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  const forwardedFor = c.req.header('x-forwarded-for')
  const { trustedProxies } = env()
  if (incoming) return remembered(incoming.socket.remoteAddress, forwardedFor, trustedProxies)
  const [[proxy] = []] = trustedProxies
  const address = addressBehind(proxy?.toString(), forwardedFor, trustedProxies)
  return address === proxy?.toString() ? undefined : address
}

// Reading addresses costs more than all else of it, and the same few come again and again.
const read = new Map<string, string | undefined>()

function remembered(socket: string | undefined, forwardedFor: string | undefined, trusted: readonly AddressRange[]) {
  const name = `${socket} ${forwardedFor ?? ''}`
  if (read.has(name)) return read.get(name)
  const address = addressBehind(socket, forwardedFor, trusted)
  if (read.size >= 1_000) read.clear()
  if (name.length < 256) read.set(name, address)
  return address
}

/** The same, of plain values. A hop that is no address ends the walk: what stands left of it is not believed. */
export function addressBehind(
  socket: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly AddressRange[],
): string | undefined {
  // A link-local peer comes with the interface that it is on.
  let address = readAddress(socket?.replace(/%.*/, '') ?? '')
  const hops = forwardedFor?.split(',') ?? []
  while (address && isTrusted(address, trusted) && hops.length > 0) {
    const hop = readAddress(hops.pop()?.trim() ?? '')
    if (!hop) break
    address = hop
  }
  return address?.toString()
}

function isTrusted(address: Address, trusted: readonly AddressRange[]): boolean {
  return trusted.some((range) => isWithin(address, range))
}
