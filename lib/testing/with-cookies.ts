/**
 * A fetch that keeps what servers set as cookies and sends it back to the origin that set it, as long as it is used. It is
 * no browser's jar, which needs the list of all public suffixes: one server is asked, a few minutes long.
 */
export function withCookies(fetch: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  const jars = new Map<string, Map<string, string>>()
  return async (input, init) => {
    const { origin } = new URL(input instanceof Request ? input.url : input)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    const headers = new Headers(init?.headers)
    const sent = [headers.get('cookie') ?? '', ...[...jar].map((pair) => pair.join('='))].filter(Boolean)
    if (sent.length > 0) headers.set('cookie', sent.join('; '))
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      if (isOver(line)) jar.delete(name)
      else if (at > 0) jar.set(name, value)
    }
    return response
  }
}

/** Whether a cookie is set only to be forgotten. */
function isOver(line: string): boolean {
  const [, age] = /;\s*max-age=(-?\d+)/i.exec(line) ?? []
  const [, date = ''] = /;\s*expires=([^;]+)/i.exec(line) ?? []
  return age === undefined ? Date.parse(date) <= Date.now() : Number(age) <= 0
}
