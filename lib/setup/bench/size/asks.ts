import { Client as Api } from '#lib/sdk/client.ts'
import { ConsoleClient } from '#lib/sdk/console.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { Connection, message } from '../connection.ts'
import { fetchOver } from '../work.ts'

/** Who may ask a server about its tenant. */
export interface Askers {
  tenantId: string
  secrets: string[]
  /** Tokens of links that make a member each: one may ask 600 times in a minute. */
  invitations: string[]
}

/** One thing that is asked again and again. */
export interface Ask {
  title: string
  once: () => Promise<void>
  /** Why it costs more where there is more, whatever is done. */
  grows?: string | undefined
}

/** What is asked for all that there is. */
const growing: Record<string, string> = {
  'usage?groupBy=key': 'its answer has a row for each key',
}

interface Answer {
  data: { id: string }[]
  nextCursor?: string | null
}

const discoverable = { authenticatorSelection: { residentKey: 'required' as const } }

/** A list that is long is also asked for the page behind so many. */
export const deepPage = 1_000

const lists = ['users', 'passkeys', 'keys', 'logs']
const searches = [
  'users?username=ada&limit=10',
  'passkeys?username=ada.0@acme.example',
  'logs?status=4xx&limit=3',
  ...['usage', 'usage?groupBy=operation', 'usage?groupBy=key'],
]
const pages = [
  ...[
    'frame',
    'home?range=today',
    'home?range=7d',
    'home?range=30d',
    'users',
    'users/:id',
    'users/:id/timeline',
    'keys',
  ],
  ...['audit', 'audit?kind=sign-ins', 'audit?user=ada', 'logs', 'logs/figures', 'usage', 'usage/ceremonies'],
  ...['find?q=ada', 'members', 'oauth-clients', 'webhooks', 'account', 'quota'],
]

/**
 * All that is asked of a server, with whatever it takes to ask it; each answer is that of somebody who was registered or
 * looked up here.
 *
 * @throws Error when something is not answered well
 */
export async function asksOf(baseUrl: string, { tenantId, secrets, invitations }: Askers): Promise<Ask[]> {
  const connection = new Connection(baseUrl)
  const origin = `http://${connection.host}`
  let asked = 0
  const key = () => secrets[asked++ % secrets.length] ?? ''
  const clients = secrets.map((apiKey) => new Api({ apiKey, fetch: fetchOver(connection), maxRetries: 0 }))
  const passkeys = () => (clients[asked++ % clients.length] as Api).passkeys

  async function get(path: string, headers: Record<string, string>): Promise<Answer> {
    const { status, body } = await connection.send(message('GET', path, { host: connection.host, ...headers }))
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${body.slice(0, 500)}`)
    return JSON.parse(body)
  }
  const byKey = (path: string) => get(`/v1/${path}`, { authorization: `Bearer ${key()}` })
  /** Where the page behind so many begins, or the last whole one before it. */
  async function cursorOf(list: string): Promise<string | undefined> {
    let found: string | undefined
    for (let page = 0; page < deepPage; page++) {
      const after = found ? `&cursor=${encodeURIComponent(found)}` : ''
      const { nextCursor } = await byKey(`${list}?limit=50${after}`)
      if (!nextCursor) break
      found = nextCursor
    }
    return found
  }

  const asks: Ask[] = [await registering(), await signingIn('ada'), await signingIn(undefined)]
  for (const list of lists) {
    asks.push({ title: `GET /v1/${list}`, once: () => byKey(`${list}?limit=50`).then(() => undefined) })
    const cursor = await cursorOf(list)
    const path = `${list}?limit=50&cursor=${encodeURIComponent(cursor ?? '')}`
    if (cursor) asks.push({ title: `GET /v1/${list}, deep`, once: () => byKey(path).then(() => undefined) })
  }
  for (const path of searches) {
    const once = () => byKey(path).then(() => undefined)
    asks.push({ title: `GET /v1/${path}`, once, grows: growing[path] })
  }
  const [{ id: userId } = { id: '' }] = (await byKey('users?username=ada.0@')).data
  for (const [at, page] of pages.entries()) {
    const cookie = await join(origin, `Bench ${at}`, invitations[at] ?? '')
    const member = { cookie, origin, 'playground-tenant': tenantId }
    const path = `/console/api/${page.replace(':id', userId)}${page.includes('?') ? '&' : '?'}environment=live`
    const read = async (asked: string) => void (await get(asked, member))
    // Some ask for an environment, some refuse it.
    const taken = await read(path).then(
      () => path,
      () => `/console/api/${page.replace(':id', userId)}`,
    )
    asks.push({ title: `Console: ${page}`, once: () => read(taken) })
  }
  return asks

  async function registering(): Promise<Ask> {
    let made = 0
    const once = async () => {
      const of = passkeys()
      const authenticator = new SoftwareAuthenticator({ origin, algorithms: [-7] })
      const { ceremonyId, publicKey } = await of.register.begin({ username: `new-${made++}` })
      await of.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
    }
    return { title: 'registration (begin + finish)', once }
  }

  async function signingIn(username: string | undefined): Promise<Ask> {
    const authenticator = new SoftwareAuthenticator({ origin })
    const begun = await passkeys().register.begin({ username: username ?? 'nameless', options: discoverable })
    const credential = authenticator.create(begun.publicKey)
    await passkeys().register.finish({ ceremonyId: begun.ceremonyId, credential })
    const once = async () => {
      const of = passkeys()
      const { ceremonyId, publicKey } = await of.authenticate.begin(username ? { username } : {})
      await of.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
    }
    return { title: `sign-in ${username ? '' : 'without a username '}(begin + finish)`, once }
  }
}

/** The cookie of a session of a new member. */
async function join(origin: string, name: string, invitation: string): Promise<string> {
  let cookie = ''
  const client = new ConsoleClient({
    baseUrl: origin,
    fetch: async (url, init) => {
      const answer = await fetch(url, { ...init, headers: { ...(init?.headers as object), Origin: origin } })
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
      return answer
    },
  })
  const { ceremonyId, publicKey } = await client.join.begin(invitation, name)
  const credential = new SoftwareAuthenticator({ origin }).create(publicKey)
  await client.join.finish(invitation, { ceremonyId, credential })
  return cookie
}
