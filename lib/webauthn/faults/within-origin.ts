/** How many redirects are followed before a server is taken to go in circles. */
const mostRedirects = 5

/** Why a redirect is not followed, in words that go on from the URL. */
export class RedirectRefused extends Error {}

/**
 * A call whose redirects are followed within its origin alone: nobody elsewhere gets its headers, or what it carries. Each of them
 * is a call of its own, so that cookies are kept on the way. To a page no browser tells where a redirect leads: it follows none.
 *
 * @throws RedirectRefused where the call is sent on to another origin, or in circles
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export async function fetchWithinOrigin(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Response> {
  let [next, how] = [url, init]
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(next, { ...how, redirect: 'manual' })
    if (response.type === 'opaqueredirect')
      throw new RedirectRefused('is redirected, and no page is told where to: give the URL that it leads to')
    const location = response.headers.get('location')
    if (!isRedirect(response.status) || !location) return response
    const to = URL.canParse(location, next) ? new URL(location, next) : undefined
    if (to?.origin !== new URL(url).origin)
      throw new RedirectRefused(
        `is redirected to ${to?.origin ?? 'no URL'}, and nothing is sent there: give the URL that is meant`,
      )
    await response.body?.cancel()
    next = to.href
    how = afterwards(response.status, how)
  }
  throw new RedirectRefused(`is redirected more than ${mostRedirects} times`)
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** As browsers do it: what was sent is sent again after 307 and 308 alone. */
function afterwards(status: number, init: RequestInit): RequestInit {
  if (status === 307 || status === 308 || init.method !== 'POST') return init
  const { body: _, ...rest } = init
  const headers = new Headers(init.headers)
  headers.delete('content-type')
  return { ...rest, method: 'GET', headers }
}
