import type { AuthenticateFinished } from '#lib/contract/passkeys.ts'
import { Client } from '#lib/sdk/client.ts'
import { type Fault, FaultLab, httpTarget, type TargetMapping } from '#lib/webauthn/faults/index.ts'
import type { Tried } from './lab-state.ts'
import { passed } from './passed.ts'

/** A server on the bench: how it is reached, and what it expects. */
export interface BenchServer {
  /** In reports: a URL, or words. */
  name: string
  /** Of the page that it expects its users on. */
  origin: string
  rpId?: string | undefined
  mapping: TargetMapping
  /** Cookies of the target go along. */
  cookies?: boolean
  /** A key of this server: with it what was made can be taken away. */
  apiKey?: string | undefined
  /** The key may take any passkey away, and not only with its user's token. */
  manages?: boolean
}

interface Heard {
  /** The server takes no call until then; undefined: it does again. */
  onWait: (until: number | undefined) => void
  /** What is to be answered late is, then. */
  onLate: (until: number) => void
}

/** One laboratory at one server, from its first call until it is left. */
export interface Trial {
  try(fault: Fault): Promise<Tried>
  /** Ends what is under way, for good: what it answers from now on means nothing. */
  stop(): void
  readonly stopped: boolean
  /** Takes the passkeys away that it made, where it can, also those of a call that is still under way; how many stay. */
  tidy(): Promise<number>
  /** The page goes: sends what takes those away that it may at once. Nobody hears the answers. */
  abandon(): void
}

/** How long a token is used without asking for another, in milliseconds. */
const freshFor = 120_000

/** Begins with no call: the first fault makes its users. */
export function newTrial(server: BenchServer, { onWait, onLate }: Heard): Trial {
  const { mapping, origin, rpId, cookies } = server
  let ending = new AbortController()
  let stopped = false
  let call: Tried['call']
  let underWay: Promise<unknown> = Promise.resolve()
  /** Passkeys that this server has made, by their users, with the latest token of each and when it came. */
  const made = new Map<string, { id: string; token?: string | undefined; at: number }>()

  const watched: typeof fetch = async (input, init) => {
    ending.signal.throwIfAborted()
    const url = String(input)
    if (typeof init?.body === 'string') call = { url, body: init.body }
    // A call of this server is heard to its end: it may make a passkey, which is to be taken away.
    const signal = server.apiKey === undefined ? ending.signal : null
    const response = await fetch(url, { ...init, signal, cache: 'no-store' })
    if (server.apiKey !== undefined && response.ok && url.endsWith('/finish')) await note(response.clone())
    return response
  }

  async function note(response: Response) {
    const { user, passkey, token } = (await response.json()) as Partial<AuthenticateFinished>
    if (user && passkey) made.set(user.username, { id: passkey.id, token, at: performance.now() })
  }

  async function wait(milliseconds: number) {
    onWait(Date.now() + milliseconds)
    await passed(milliseconds, ending.signal)
    onWait(undefined)
  }

  const patient: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const seconds = Number(response.headers.get('retry-after'))
    if (response.status !== 429 || !(seconds > 0)) return response
    await wait(seconds * 1_000)
    return fetch(input, init)
  }

  const lab = new FaultLab(httpTarget(mapping, { fetch: watched, credentials: cookies ? 'include' : 'omit', wait }), {
    origin,
    rpId,
    wait: (milliseconds) => {
      onLate(Date.now() + milliseconds)
      return passed(milliseconds, ending.signal)
    },
  })

  return {
    async try(fault) {
      const trying = lab.try(fault)
      underWay = trying
      const result = await trying
      return { ...result, ...(result.verdict === 'untried' ? {} : { call }) }
    },
    stop() {
      stopped = true
      ending.abort()
    },
    get stopped() {
      return stopped
    },
    async tidy() {
      const { apiKey, manages } = server
      if (apiKey === undefined) return 0
      await underWay
      if (made.size === 0) return 0
      ending = new AbortController()
      const isFresh = ({ token, at }: { token?: string | undefined; at: number }) =>
        token !== undefined && performance.now() - at < freshFor
      if (!manages) {
        await lab.leave((username) => {
          const passkey = made.get(username)
          return passkey !== undefined && !isFresh(passkey)
        })
      }
      // The wait for the key's next minute is longer than the client's own patience.
      const client = new Client({ apiKey, maxRetries: 0, timeout: 0, fetch: patient })
      for (const [username, { id, token }] of [...made]) {
        if (!manages && token === undefined) continue
        const gone = client.passkeys.delete(id, manages ? {} : { userToken: token })
        await gone.then(
          () => made.delete(username),
          () => undefined,
        )
      }
      ending.abort()
      return made.size
    },
    abandon() {
      const { apiKey, manages } = server
      for (const { id, token } of made.values()) {
        if (apiKey === undefined || (!manages && token === undefined)) continue
        const headers = { Authorization: `Bearer ${apiKey}`, ...(manages || !token ? {} : { 'X-User-Token': token }) }
        const url = new URL(`/v1/passkeys/${id}`, mapping.registration.finish.url)
        fetch(url, { method: 'DELETE', headers, keepalive: true }).catch(() => undefined)
      }
    },
  }
}
