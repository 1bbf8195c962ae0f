import type { InteractionStep } from '#lib/contract/oauth.ts'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { baseUrl, request } from './harness.ts'

// A browser in an OAuth flow, without its pages: it keeps cookies by their paths, says where its requests come from,
// and answers the interactions as a person would.

/** What the person does on the pages. */
export interface Person {
  /** Signs up, or in once there is a passkey of this name. */
  username?: string
  /** The answer to the consent page. */
  consent?: 'allow' | 'deny'
  /** Scopes that they leave out there. */
  leftOut?: string[]
}

interface Cookie {
  name: string
  value: string
  path: string
}

export class OAuthBrowser {
  readonly authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  /** What every request carries besides its cookies; a test may change it. */
  headers: Record<string, string> = { Origin: baseUrl }
  /** What its requests go through. */
  wire: typeof fetch = request
  /** The pages that it was shown, as paths. */
  readonly seen: string[] = []
  readonly #cookies = new Map<string, Cookie>()
  readonly #registered = new Set<string>()

  /** Every cookie that it holds. */
  get cookies(): readonly Cookie[] {
    return [...this.#cookies.values()]
  }

  /** A request with the cookies of its path; redirects are not followed. */
  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, baseUrl)
    const mine = this.cookies.filter(({ path }) => covers(path, url.pathname))
    const cookie = mine.map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = {
      Accept: 'text/html, */*;q=0.8',
      ...init.headers,
      ...this.headers,
      ...(cookie ? { Cookie: cookie } : {}),
    } as HeadersInit
    const response = await this.wire(url.href, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  /** Goes to an authorization URL, does on the pages what the person does, and answers with the address that it leads back to. */
  async authorize(url: string, person: Person = {}): Promise<URL> {
    const { address, page } = await this.follow(url, person)
    if (page) throw new Error(`${address.pathname} answered ${page.status}: ${await page.text()}`)
    return address
  }

  /**
   * Goes to an address of the server, on to wherever it leads, and does on the pages what the person does: to an app's
   * address, or to a page that leads nowhere else.
   */
  async follow(url: string, person: Person = {}): Promise<{ address: URL; page?: Response }> {
    let next = url
    for (let hops = 0; hops < 20; hops++) {
      const address = new URL(next, baseUrl)
      if (hops > 0 && !isOurs(address)) return { address }
      const uid = uidOf(address)
      if (uid) {
        this.seen.push(address.pathname)
        next = (await this.#answer(uid, person)).location
        continue
      }
      const response = await this.fetch(address.href)
      const location = response.headers.get('location')
      if (!location) return { address, page: response }
      next = new URL(location, address).href
    }
    throw new Error(`The flow goes round in circles: ${this.seen.join(', ')}`)
  }

  /** Goes to an authorization URL and stays on the first page that asks for something: its uid. */
  async arrive(url: string): Promise<string> {
    const response = await this.fetch(url)
    const uid = uidOf(new URL(response.headers.get('location') ?? '', baseUrl))
    if (!uid) throw new Error(`${url} answered ${response.status}: ${response.headers.get('location')}`)
    return uid
  }

  /** One step of an interaction: POST /interaction/{uid}/api/{step}. */
  async step<Answer = InteractionStep>(uid: string, step: string, body: unknown = {}): Promise<Answer> {
    const response = await this.fetch(`/interaction/${uid}/api/${step}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new InteractionRefused(step, response.status, await response.json().catch(() => ({})))
    return (await response.json()) as Answer
  }

  /** Makes a passkey on the sign-in page. */
  async signUp(uid: string, username: string): Promise<InteractionStep> {
    const { ceremonyId, publicKey } = await this.step<RegisterBegun>(uid, 'sign-up/begin', { username })
    const credential = this.authenticator.create(publicKey)
    const done = await this.step(uid, 'sign-up/finish', { ceremonyId, credential })
    this.#registered.add(username)
    return done
  }

  /** Signs in on the sign-in page; without a name, by the passkey alone. */
  async signIn(uid: string, username?: string): Promise<InteractionStep> {
    const body = username === undefined ? {} : { username }
    const { ceremonyId, publicKey } = await this.step<AuthenticateBegun>(uid, 'sign-in/begin', body)
    return this.step(uid, 'sign-in/finish', { ceremonyId, credential: this.authenticator.get(publicKey) })
  }

  /** What the page asks shows in what it accepts: a page that asks for consent knows no sign-in. */
  async #answer(uid: string, { username = 'ada', consent = 'allow', leftOut = [] }: Person): Promise<InteractionStep> {
    try {
      return await (this.#registered.has(username) ? this.signIn(uid, username) : this.signUp(uid, username))
    } catch (error) {
      if (!(error instanceof InteractionRefused) || error.problem.code !== 'interaction_unknown') throw error
      return this.step(uid, consent, consent === 'allow' ? { leftOut } : {})
    }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? []
    const attribute = (wanted: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const gone = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now()
    if (gone || !value) this.#cookies.delete(`${name} ${path}`)
    else this.#cookies.set(`${name} ${path}`, { name, value, path })
  }
}

/** An interaction refused a step. */
export class InteractionRefused extends Error {
  readonly status: number
  readonly problem: { code?: string; detail?: string }
  constructor(step: string, status: number, problem: { code?: string; detail?: string }) {
    super(`${step} was refused with ${status} ${problem.code}: ${problem.detail}`)
    this.status = status
    this.problem = problem
  }
}

/** Whether an address is the server's own and not an app's: one that the flow goes on at. */
function isOurs({ origin, pathname }: URL): boolean {
  return origin === baseUrl && /^\/(?:oauth|interaction|device)\//.test(pathname)
}

/** The uid of an interaction's page. */
function uidOf({ pathname }: URL): string | undefined {
  return /^\/interaction\/([^/]+)$/.exec(pathname)?.[1]
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-5.1.4 */
function covers(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}
