import { ConsoleClient } from '#lib/sdk/console.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { operator } from '../../caller.ts'
import { inviteFirst } from '../../console/invitations.ts'
import { createTenant } from '../../tenants/tenants.ts'
import { baseUrl, request } from './harness.ts'

// A browser at the Console: it keeps the cookie that it is given, and says where its requests come from.

export class Browser {
  readonly authenticator: SoftwareAuthenticator
  readonly client: ConsoleClient
  readonly #send: typeof fetch
  /** What every request carries besides the cookie; a test may change it. */
  headers: Record<string, string>
  cookie = ''
  /** Whether it gives a fresh assertion for each change that asks for one, as the pages do. */
  confirms = false
  /** The last Set-Cookie header. */
  setCookie = ''

  /** @param at a server of the test’s own, over the same database; else the mount under test */
  constructor(at?: string) {
    const origin = at ?? baseUrl
    this.#send = at ? fetch : request
    this.authenticator = new SoftwareAuthenticator({ origin })
    this.headers = { Origin: origin }
    this.client = new ConsoleClient({ baseUrl: origin, fetch: (input, init) => this.fetch(String(input), init) })
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = this.cookie ? { Cookie: this.cookie } : {}
    const send = () =>
      this.#send(url, { ...init, headers: { ...init.headers, ...this.headers, ...cookie } as HeadersInit })
    let response = await send()
    if (this.confirms && response.status === 403) {
      const { code } = await response.clone().json()
      if (code === 'confirmation_required') {
        await this.confirm(changeOf(init.method, url), init.body ? JSON.parse(String(init.body)) : undefined)
        response = await send()
      }
    }
    const setCookie = response.headers.get('set-cookie')
    if (setCookie) {
      this.setCookie = setCookie
      this.cookie = /Max-Age=0/.test(setCookie) ? '' : (setCookie.split(';')[0] ?? '')
    }
    return response
  }

  /** Comes in by a link, as a new member. */
  async join(link: string, name = 'Ada') {
    const token = tokenOf(link)
    const { ceremonyId, publicKey } = await this.client.join.begin(token, name)
    return this.client.join.finish(token, {
      ceremonyId,
      credential: this.authenticator.create(publicKey),
    })
  }

  /** Joins a further tenant by a link, with the passkey that it has. */
  async joinToo(link: string, name?: string) {
    return this.client.join.accept(tokenOf(link), name)
  }

  async signIn() {
    const { ceremonyId, publicKey } = await this.client.signIn.begin()
    return this.client.signIn.finish({ ceremonyId, credential: this.authenticator.get(publicKey) })
  }

  /** Gives a fresh assertion for a change: `PATCH /keys/4fQ9mZ7hLw2c`, and what it says. */
  async confirm(change: string, body?: unknown) {
    const { ceremonyId, publicKey } = await this.client.confirm.begin(change, body)
    await this.client.confirm.finish({ ceremonyId, credential: this.authenticator.get(publicKey) })
  }
}

/** The name of a change, by its request. */
function changeOf(method = 'GET', url: string): string {
  return `${method} ${new URL(url).pathname.replace('/console/api', '')}`
}

export function tokenOf(link: string): string {
  return new URL(link).hash.slice(1)
}

/** An invitation of somebody who may do everything. */
export const asOwner = { invitee: 'A colleague', role: 'owner' } as const

/** A new tenant with its first member, who is signed in. */
export async function newConsole({ confirms = false, at }: { confirms?: boolean; at?: string } = {}) {
  const slug = `c-${crypto.randomUUID().slice(0, 13)}`
  const tenant = await createTenant({ name: `Tenant ${slug}`, slug })
  const browser = new Browser(at)
  browser.confirms = confirms
  const session = await browser.join((await inviteFirst(tenant.id, operator)).link)
  return { tenant, browser, session, client: browser.client }
}
