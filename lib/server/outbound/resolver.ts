import { lookup, Resolver } from 'node:dns/promises'
import { env } from '../env.ts'

const [patience, tries] = [3_000, 2]

/** How names are looked up for calls that go out. A test puts its own in the place. */
export const resolver = {
  /**
   * The addresses of a name, IPv4 first.
   *
   * By DNS itself: the system's own way holds one of four threads, on which the whole process waits, until a slow name
   * server answers. Where private addresses may be called, on somebody's own machine, names are what its system says.
   *
   * @throws Error where it has none
   */
  async addressesOf(name: string, signal: AbortSignal): Promise<string[]> {
    if (isLocalName(name)) return ['127.0.0.1', '::1']
    if (env().webhookAllowPrivate) return (await lookup(name, { all: true })).map(({ address }) => address)
    const dns = new Resolver({ timeout: patience, tries })
    signal.addEventListener('abort', () => dns.cancel(), { once: true })
    const [four, six] = await Promise.allSettled([dns.resolve4(name), dns.resolve6(name)])
    const addresses = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length === 0 && four.status === 'rejected') throw four.reason
    return addresses
  },
}

/**
 * Whether a name is for the machine itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function isLocalName(name: string): boolean {
  return /(?:^|\.)localhost\.?$/i.test(name)
}
