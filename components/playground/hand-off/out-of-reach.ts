/** Why a phone cannot use a page at an address, as title and sentences; undefined where it can. */
export function outOfReach(address: string): { title: string; why: string } | undefined {
  const { hostname, origin, protocol } = new URL(address)
  if (/^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) {
    return {
      title: 'A phone cannot open this address',
      why: `${origin} is this computer for this computer alone: a phone would look for the page on itself. Start the server with BASE_URL set to an https address that the phone can open. Another browser window here can use the address.`,
    }
  }
  if (protocol !== 'https:') {
    return {
      title: 'A phone opens this address, and has no passkeys there',
      why: `Browsers give passkeys to pages with https only, and ${origin} has none. Start the server with BASE_URL set to an https address.`,
    }
  }
  return undefined
}
