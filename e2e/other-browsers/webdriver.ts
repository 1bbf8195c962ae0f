/** A session of a W3C WebDriver: each command is one request. */
export interface WebDriverSession {
  post<Value>(path: string, body: object): Promise<Value>
  end(): Promise<void>
}

/**
 * Begins a session with the driver that listens at `url`, in a browser that has the capabilities.
 *
 * @throws Error with the driver's words, or that it has none within a minute
 * @see https://www.w3.org/TR/webdriver2/
 */
export async function newSession(url: string, capabilities: object): Promise<WebDriverSession> {
  const wishes = { capabilities: { alwaysMatch: capabilities } }
  const { sessionId } = await command<{ sessionId: string }>('POST', `${url}/session`, wishes)
  const at = `${url}/session/${sessionId}`
  return {
    post: (path, body) => command('POST', `${at}/${path}`, body),
    end: () => command('DELETE', at),
  }
}

async function command<Value>(method: string, url: string, body?: object): Promise<Value> {
  const signal = AbortSignal.timeout(60_000)
  const { pathname } = new URL(url)
  const answer = await fetch(url, { method, signal, ...(body ? { body: JSON.stringify(body) } : {}) }).catch(
    (cause) => {
      throw new Error(`${method} ${pathname}: no answer. Perhaps the browser does not start.`, { cause })
    },
  )
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } }
  if (!answer.ok) throw new Error(`${method} ${pathname}: ${value.error}. ${value.message}`)
  return value
}
