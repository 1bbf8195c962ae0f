import {
  type AuthorizationServer,
  allowInsecureRequests,
  customFetch,
  discoveryRequest,
  processDiscoveryResponse,
} from 'oauth4webapi'
import { apiResource } from '#lib/contract/oauth-resources.ts'
import { unlessAborted } from './abortable.ts'
import type { Sent } from './oauth-fetch.ts'
import { checkPatience, type Patience } from './patience.ts'
import { variable } from './variable.ts'

export interface OAuthSettings extends Pick<Patience, 'timeout' | 'maxRetries'> {
  /** Where the auth server is: its BASE_URL. By default the environment variable PLAYGROUND_BASE_URL, in a browser the page's own origin. */
  baseUrl?: string
  /** Stands in for the global fetch: to watch, to test, to route. */
  fetch?: typeof fetch
}

/** What every request to the server goes with. */
export interface Sending {
  [customFetch]: (url: string, init: object) => Promise<Response>
  [allowInsecureRequests]: boolean
}

/** How requests to an address are sent: by https, or by http to this machine only. */
export function sendingTo(url: string, fetch: Sending[typeof customFetch]): Sending {
  const { protocol, hostname } = new URL(url)
  const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    throw new TypeError(`OAuth needs https, or http on this machine: “${url}” is neither.`)
  return {
    [customFetch]: (url, init) => fetch(url, init),
    [allowInsecureRequests]: protocol === 'http:',
  }
}

/** The auth server, as it describes itself (RFC 8414): asked once. */
export class OAuthServer {
  readonly #settings: OAuthSettings
  readonly #known = new Map<string, Promise<AuthorizationServer>>()

  constructor(settings: OAuthSettings) {
    checkPatience(settings)
    this.#settings = settings
  }

  get baseUrl(): string {
    const page = globalThis.location?.origin
    const url = this.#settings.baseUrl ?? variable('PLAYGROUND_BASE_URL') ?? page
    if (!url)
      throw new TypeError('Say where the auth server is: baseUrl, or the environment variable PLAYGROUND_BASE_URL.')
    return url.replace(/\/+$/, '')
  }

  /** The resource that a token is for: unless told, this server's API. Null asks for none. */
  resource<Asked extends string | readonly string[] | null>(asked: Asked | undefined): Asked | string {
    return asked === undefined ? apiResource(this.baseUrl) : asked
  }

  /** Its description, and how a request to it is sent. */
  async connect(sent: Sent = {}): Promise<{ server: AuthorizationServer; sending: Sending }> {
    const { baseUrl } = this
    // With what it needs it is a sixth of this entry, and whoever only imports that has no use for it.
    const { patientFetch } = await import('./oauth-fetch.ts')
    const { fetch = globalThis.fetch, timeout, maxRetries } = this.#settings
    const patient = (sent: Sent) => sendingTo(baseUrl, patientFetch(fetch, { timeout, maxRetries, ...sent }))
    let known = this.#known.get(baseUrl)
    if (!known) {
      known = discover(new URL(baseUrl), patient({}))
      this.#known.set(baseUrl, known)
      // A failure is not remembered.
      known.catch(() => this.#known.delete(baseUrl))
    }
    return { server: await unlessAborted(known, sent.signal), sending: patient(sent) }
  }
}

async function discover(issuer: URL, sending: Sending): Promise<AuthorizationServer> {
  return processDiscoveryResponse(issuer, await discoveryRequest(issuer, { algorithm: 'oauth2', ...sending }))
}
