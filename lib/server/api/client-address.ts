import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { type Address, type AddressRange, isWithin, readAddress } from '#lib/contract/address-range.ts'
import { env } from '../env.ts'
import { networkOf } from '../limits/limits.ts'

/** More proxies in a row than this are nobody's. */
const mostProxies = 32

/**
 * The client's address: the socket's, or, only where the socket is one of TRUSTED_PROXIES, the first hop of
 * X-Forwarded-For, from the right, that is none. Undefined where a hop that would have to be believed is no address.
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

/**
 * Whom a visitor counts as: the network of the address. All whose address is not known are one, so that nobody gets
 * an allowance of their own by hiding; undefined where the server can know nobody's.
 */
export function visitorNetwork(c: Context): string | undefined {
  const address = clientAddress(c)
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return address || incoming || env().trustedProxies.length > 0 ? networkOf(address) : undefined
}

// Reading addresses costs more than all else of it, and the same few come again and again.
const read = new Map<string, string | undefined>()

function remembered(socket: string | undefined, forwardedFor: string | undefined, trusted: readonly AddressRange[]) {
  // A header with nothing in it is not the same as none.
  const name = forwardedFor === undefined ? `${socket}` : `${socket} ${forwardedFor}`
  if (read.has(name)) return read.get(name)
  const address = addressBehind(socket, forwardedFor, trusted)
  if (read.size >= 1_000) read.clear()
  if (name.length < 256) read.set(name, address)
  return address
}

/** The same, of plain values. */
export function addressBehind(
  socket: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly AddressRange[],
): string | undefined {
  // A link-local peer comes with the interface that it is on.
  let address = readAddress(socket?.replace(/%.*/, '') ?? '')
  let left = forwardedFor
  for (let proxies = 0; address && left !== undefined && isTrusted(address, trusted); proxies++) {
    const comma: number = left.lastIndexOf(',')
    address = proxies < mostProxies ? readHop(left.slice(comma + 1).trim()) : undefined
    left = comma < 0 ? undefined : left.slice(0, comma)
  }
  return address?.toString()
}

/**
 * A hop's address, with the port that some proxies add and the brackets that IPv6 then needs. Undefined for what is no
 * address: `unknown`, `unix:`, a name, nothing.
 */
function readHop(hop: string): Address | undefined {
  const { v6, v4 } = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<v4>[\d.]+))(?::\d{1,5})?$/i.exec(hop)?.groups ?? {}
  if (v6) return v6.includes(':') ? readAddress(v6) : undefined
  return readAddress(v4 ?? hop)
}

function isTrusted(address: Address, trusted: readonly AddressRange[]): boolean {
  return trusted.some((range) => isWithin(address, range))
}
