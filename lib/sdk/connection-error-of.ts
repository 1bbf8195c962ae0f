import { ConnectionError } from './connection-error.ts'

/** What `fetch` threw, without the request that it may have in it. Of an address that is none it says what to do. */
export function connectionErrorOf(
  { message, cause }: TypeError,
  url: string,
  redact: (text: string) => string,
): TypeError {
  if (/url/i.test(message) && !URL.canParse(url, globalThis.location?.href))
    return new TypeError('Say where the auth server is: baseUrl, or the environment variable PLAYGROUND_BASE_URL.')
  const { code } = (cause ?? {}) as { code?: unknown }
  const reason = typeof code === 'string' ? code : undefined
  const words = redact(message) + (reason ? ` (${reason})` : '')
  return new ConnectionError(`No answer came, or not the whole of it: ${words}.`, reason)
}
