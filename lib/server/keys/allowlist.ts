import { isWithin, readAddress, readRange } from '#lib/contract/address-range.ts'
import { type AllowlistVerdict, allowlistTest } from '#lib/contract/keys.ts'
import type { Caller } from '../caller.ts'
import { invalid, Problem, parse } from '../problem.ts'
import { readKey } from './keys.ts'

/**
 * Whether an address would pass a key's allowlist, and why.
 *
 * @throws Problem invalid_request for what is no address, not_found
 */
export async function testAllowlist(caller: Caller, id: string, request: { ip: string }): Promise<AllowlistVerdict> {
  const { ip } = parse(allowlistTest, request)
  const { allowedIps } = await readKey(caller, id)
  const address = readAddress(ip.trim())
  if (!address) throw invalid('ip', 'is no IPv4 or IPv6 address')
  const match = matchOf(allowedIps, address.toString())
  const reason =
    allowedIps.length === 0
      ? 'The key has no allowlist: any address may use it.'
      : match
        ? `${address} is within ${match}.`
        : `${address} is in none of the ${allowedIps.length} entries.`
  return { ip: address.toString(), allowed: allowedIps.length === 0 || match !== null, match, reason }
}

/**
 * Lets a key pass from an address that its allowlist names, or from any where it has none.
 *
 * @param allowedIps separated by one space; empty: any address
 * @param address undefined where the server cannot know it: then a list lets nobody pass
 * @throws Problem ip_not_allowed
 */
export function checkAddress(allowedIps: string, address: string | undefined): void {
  if (allowedIps === '' || (address !== undefined && matchOf(allowedIps.split(' '), address))) return
  throw new Problem(
    'ip_not_allowed',
    address === undefined
      ? 'The key has an allowlist, and this server cannot know your address here.'
      : `${address} is not on the key’s allowlist.`,
  )
}

function matchOf(allowedIps: string[], text: string): string | null {
  const address = readAddress(text)
  return (address && allowedIps.find((entry) => isWithin(address, readRange(entry)))) ?? null
}
