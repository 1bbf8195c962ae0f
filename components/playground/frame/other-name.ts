/** The same server under another name of this machine, which browsers take for another site; undefined where it has none. */
export function otherNameOf(origin: string): string | undefined {
  const url = new URL(origin)
  if (url.hostname !== 'localhost' || url.protocol !== 'http:') return undefined
  url.hostname = '127.0.0.1'
  return url.origin
}
