import { domainToUnicode } from 'node:url'
import type { ReturnsTo } from '#lib/contract/oauth.ts'
import type { CallerTenant } from '../caller.ts'
import { env } from '../env.ts'

/**
 * Where an answer goes, whole and as browsers write it (of a name in other scripts the `xn--` form), and whose that is as
 * far as is known: a tenant names its sites itself.
 */
export function returnsTo(redirectUri: string, tenant: Pick<CallerTenant, 'rpId' | 'origins'>): ReturnsTo {
  const { host, hostname, port, origin, protocol } = new URL(redirectUri)
  if (!host) return { place: protocol.slice(0, -1), readable: null, whose: 'device' }
  const readable = domainToUnicode(hostname)
  return {
    place: host,
    readable: readable === hostname || !readable ? null : `${readable}${port && `:${port}`}`,
    whose: whoseOf({ hostname, origin, protocol }, tenant),
  }
}

function whoseOf(
  { hostname, origin, protocol }: Pick<URL, 'hostname' | 'origin' | 'protocol'>,
  { rpId, origins }: Pick<CallerTenant, 'rpId' | 'origins'>,
): ReturnsTo['whose'] {
  if (origin === new URL(env().baseUrl).origin) return 'server'
  if (protocol === 'http:') return 'device'
  const named = rpId && (hostname === rpId || hostname.endsWith(`.${rpId}`))
  return named || (origins && (JSON.parse(origins) as string[]).includes(origin)) ? 'tenant' : 'other'
}
