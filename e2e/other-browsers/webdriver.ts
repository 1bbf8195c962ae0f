/** A session of a W3C WebDriver: each command is one request. */
export interface WebDriverSession {
  get<Value>(path: string): Promise<Value>
  post<Value>(path: string, body: object): Promise<Value>
  end(): Promise<void>
}

/**
 * Begins a session with the driver that listens at `url`.
 *
 * @throws Error with the driver's words
 * @see https://www.w3.org/TR/webdriver2/
 */
export async function newSession(url: string, capabilities: object): Promise<WebDriverSession> {
  const { sessionId } = await command<{ sessionId: string }>('POST', `${url}/session`, { capabilities })
  const at = `${url}/session/${sessionId}`
  return {
    get: (path) => command('GET', `${at}/${path}`),
    post: (path, body) => command('POST', `${at}/${path}`, body),
    end: () => command('DELETE', at),
  }
}

async function command<Value>(method: string, url: string, body?: object): Promise<Value> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } }
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}. ${value.message}`)
  return value
}
