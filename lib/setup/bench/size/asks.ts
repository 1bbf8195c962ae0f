import { Client as Api } from '#lib/sdk/client.ts'
import { ConsoleClient } from '#lib/sdk/console.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { Connection, message } from '../connection.ts'
import { fetchOver } from '../work.ts'

/** Who may ask a server about its tenant. */
export interface Askers {
  tenantId: string
  secrets: string[]
  /** Tokens of links that make a member each. */
  invitations: string[]
  /** The ids of an endpoint, and of an app. */
  webhook: string
  client: string
}

/** One thing that is asked again and again. */
export interface Ask {
  title: string
  once: () => Promise<void>
  /** How many hundreds of rows its answer has, where it has one for each key: its cost is that of a hundred. */
  hundreds?: number | undefined
  /** Why it costs more where there is more, whatever is done. */
  grows?: string | undefined
}

/** What is looked for where nothing leads to it, or has another answer where there is much. */
const growing: Record<string, string> = {
  'logs?address=198.51.0.7&limit=1': 'where there is much it is in many lots, of which two are read, and else in one',
  'find?q=ada': 'it looks through the newest 2,000 keys, however many there are',
  'audit?q=nobody': 'it looks through the latest 50,000 events, some at a time',
}

interface Answer {
  data: { id: string }[]
  nextCursor?: string | null
}

const discoverable = { authenticatorSelection: { residentKey: 'required' as const } }

/** One may ask 600 times in a minute. */
const membersOfPage = 4

/** A list that is long is also asked for the page behind so many. */
export const deepPage = 1_000

const lists = ['users', 'passkeys', 'keys', 'logs', 'skills/runs', 'webhooks/:webhook/deliveries', 'oauth/clients']
const searches = [
  ...['users?username=ada&limit=10', 'passkeys?username=ada.0@acme.example'],
  ...[
    'logs?status=4xx&limit=3',
    'logs?address=192.0.2.1',
    'logs?user=nobody',
    'logs?key=nobody',
    'logs?client=cli_nobody',
  ],
  // Who is there, a few times.
  ...['logs?user=ada.0@acme.example&limit=4', 'logs?address=198.51.0.7&limit=1'],
  ...['webhooks/:webhook/deliveries?status=failed', 'skills/runs?skillId=jwt.inspect', 'oauth/clients/:client'],
  ...['usage', 'usage?groupBy=hour', 'usage?groupBy=operation', 'usage?groupBy=key'],
]
const pages = [
  ...['frame', 'home?range=today', 'home?range=7d', 'home?range=30d', 'find?q=ada', 'find?q=Bench'],
  ...['users', 'users?username=ada', 'users/:user', 'users/:user/timeline', 'keys', 'keys/:key', 'keys/:key/addresses'],
  ...['audit', 'audit?kind=sign-ins', 'audit?kind=changes', 'audit?user=ada', 'audit?q=ada', 'audit?q=nobody'],
  ...['logs', 'logs?status=4xx', 'logs/figures', 'usage', 'usage/ceremonies', 'quota'],
  ...['members', 'oauth-clients', 'webhooks', 'webhooks/:webhook', 'account', 'account/transactions'],
  ...['webhooks/:webhook/deliveries', 'webhooks/:webhook/deliveries?status=undelivered', 'oauth-clients/:client'],
  ...['skills/live', 'skills/live/jwt.inspect', 'skill-runs/live', 'skill-runs/live?skillId=jwt.inspect'],
  ...[
    'mpc-keys',
    'mpc-keys?q=ada',
    'mpc-keys?q=Wallet',
    'mpc-keys?frozen=yes',
    'mpc-keys?frozen=no',
    'mpc-keys?user=:user',
  ],
]

/**
 * All that is asked of a server, with whatever it takes to ask it; each answer is that of somebody who was registered or
 * looked up here.
 *
 * @param wants by its title, what of it is asked for
 * @throws Error when something is not answered well
 */
export async function asksOf(
  baseUrl: string,
  { tenantId, secrets, invitations, webhook, client }: Askers,
  wants: (title: string) => boolean,
): Promise<Ask[]> {
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
  /** Of an answer about every key: how many hundreds of them. */
  async function lengthOf(path: string): Promise<{ hundreds?: number }> {
    return path.endsWith('groupBy=key') ? { hundreds: (await byKey(path)).data.length / 100 } : {}
  }
  /** Where the page behind so many begins, or the last one before it that is whole. */
  async function cursorOf(list: string): Promise<string | undefined> {
    let [before, found]: (string | undefined)[] = []
    for (let page = 0; page < deepPage / 2; page++) {
      const after = found ? `&cursor=${encodeURIComponent(found)}` : ''
      const { data, nextCursor } = await byKey(`${list}?limit=100${after}`)
      if (!nextCursor) return data.length < 50 ? before : found
      before = found
      found = nextCursor
    }
    return found
  }

  const named = (path: string) => path.replace(/:(\w+)/g, (_, name) => ids[name] ?? '')
  const ids: Record<string, string> = { webhook, client }
  const asks: Ask[] = [await registering(), await signingIn('ada'), await signingIn(undefined)]
  for (const name of lists) {
    const [list, title] = [named(name), `GET /v1/${name}`]
    asks.push({ title, once: () => byKey(`${list}?limit=50`).then(() => undefined) })
    const deep = `${title}, deep`
    const cursor = wants(deep) ? await cursorOf(list) : undefined
    const path = `${list}?limit=50&cursor=${encodeURIComponent(cursor ?? '')}`
    if (cursor) asks.push({ title: deep, once: () => byKey(path).then(() => undefined) })
  }
  for (const path of searches) {
    const title = `GET /v1/${path}`
    if (!wants(title)) continue
    const once = () => byKey(named(path)).then(() => undefined)
    asks.push({ title, once, grows: growing[path], ...(await lengthOf(path)) })
  }
  const [user, apiKey] = [(await byKey('users?username=ada.0@')).data[0], (await byKey('keys?limit=50')).data.at(-1)]
  Object.assign(ids, { user: user?.id, key: apiKey?.id })
  for (const [at, page] of pages.entries()) {
    if (!wants(titleOf(page))) continue
    const mine = invitations.slice(at * membersOfPage, (at + 1) * membersOfPage)
    const cookies: string[] = []
    for (const [number, invitation] of mine.entries())
      cookies.push(await join(origin, `Bench ${at}.${number}`, invitation))
    const plain = `/console/api/${named(page)}`
    const path = `${plain}${page.includes('?') ? '&' : '?'}environment=live`
    const read = async (path: string) => {
      const cookie = cookies[asked++ % cookies.length] ?? ''
      await get(path, { cookie, origin, 'playground-tenant': tenantId })
    }
    // Some ask for an environment, some refuse it.
    const taken = await read(path).then(
      () => path,
      () => plain,
    )
    asks.push({ title: titleOf(page), once: () => read(taken), grows: growing[page] })
  }
  return asks.filter(({ title }) => wants(title))

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

function titleOf(page: string): string {
  return `Console: ${page}`
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
