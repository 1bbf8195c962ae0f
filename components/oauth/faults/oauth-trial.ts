import type { AttackedApp, OAuthStep } from './attacked-app.ts'

type Fields = Readonly<Record<string, string>>

export interface Tokens {
  refresh_token?: string
}

/** An attempt at one fault: flows of its own, what is done to them, and each step written down without its secrets. */
export class OAuthTrial {
  readonly app: AttackedApp
  readonly #steps: OAuthStep[] = []
  /** What stands for a secret where it is written down. */
  readonly #names = new Map<string, string>()
  #latest: Tokens = {}

  constructor(app: AttackedApp) {
    this.app = app
  }

  get steps(): readonly OAuthStep[] {
    return this.#steps
  }

  /** A request for a code that was not sent yet. With `ask` the server may show the person its pages. */
  begin(ask = false) {
    const { oauth, clientId, redirectUri } = this.app
    return oauth.authorizationUrl({ ...asking, clientId, redirectUri, ...(ask ? {} : { prompt: 'none' }) })
  }

  /**
   * A code that nobody used yet, and the request that gets tokens for it.
   *
   * @param signIn goes through the server's pages with the person; without it the server answers by what it remembers
   * @throws OAuthError login_required, consent_required where it remembers nothing
   */
  async newCode(signIn?: (url: string, state: string) => Promise<string>) {
    const { oauth, clientId, redirectUri } = this.app
    const { url, state, codeVerifier } = await this.begin(signIn !== undefined)
    const search = await (signIn?.(url, state) ?? this.#silently(url))
    const { code } = await oauth.readCallback(search, { clientId, state })
    const request = {
      grant_type: 'authorization_code',
      code: this.named('CODE', code),
      redirect_uri: redirectUri,
      client_id: clientId,
      code_verifier: this.named('CODE_VERIFIER', codeVerifier),
    }
    return { search, state, request }
  }

  /** Gives a secret its name. */
  named(name: string, secret: string): string {
    const taken = [...this.#names.values()].filter((each) => each.replace(/_\d+$/, '') === `$${name}`).length
    if (!this.#names.has(secret)) this.#names.set(secret, `$${name}${taken ? `_${taken + 1}` : ''}`)
    return secret
  }

  /**
   * Asks for tokens as an app should.
   *
   * @throws Error where that is refused: of such a server nothing is learned
   */
  async honest(words: string, fields: Fields): Promise<Tokens> {
    const { step, tokens } = await this.#ask('honest', words, fields)
    if (!step.accepted) throw new Error(refusalOf(step))
    return tokens
  }

  /** Asks for tokens as nobody may. */
  async attack(words: string, fields: Fields, must = 'invalid_grant'): Promise<void> {
    await this.#ask('attack', words, fields, must)
  }

  /** Asks for tokens, to see what comes; where something comes, it must have this refresh token, or the answer is a hole. */
  async show(words: string, fields: Fields, same?: Tokens): Promise<void> {
    const { step, tokens } = await this.#ask('shown', words, fields)
    if (same && step.accepted && tokens.refresh_token !== same.refresh_token)
      this.#replace(step, { ...step, part: 'attack', must: 'the same successor' })
  }

  /** Asks for a code that is to be sent to another address. Caught: told on a page of the server's own, with the code. */
  async attackAddress(words: string, redirectUri: string, must: string): Promise<void> {
    const { oauth, clientId, visit } = this.app
    const { url } = await oauth.authorizationUrl({ ...asking, clientId, redirectUri, prompt: 'none' })
    const began = performance.now()
    const { url: landed, status, text } = await visit(url)
    const took = performance.now() - began
    refuseToJudge(status)
    const sent = landed.startsWith(redirectUri)
    const code = sent ? undefined : (new URL(landed).searchParams.get('error') ?? codeOn(text))
    const accepted = sent || status < 400
    const said = sent ? 'The browser was sent there.' : `On its own page: “${titleOn(text)}”.`
    const answer = { accepted, status, ...(code ? { code } : {}), said, took }
    this.#steps.push({ part: 'attack', words, must, request: { method: 'GET', url, fields: [] }, ...answer })
  }

  /** Hands the app an answer to a request that it did not make. */
  async attackApp(words: string, search: string, state: string): Promise<void> {
    await this.#look({ part: 'attack', words, must: 'invalid_response' }, search, state)
  }

  /** @throws Error where the app refuses the answer that it waits for */
  async honestApp(words: string, search: string, state: string): Promise<void> {
    const step = await this.#look({ part: 'honest', words }, search, state)
    if (!step.accepted) throw new Error(refusalOf(step))
  }

  /** Ends what its flows got, so that nothing of them stays. */
  async end(): Promise<void> {
    const { refresh_token } = this.#latest
    if (!refresh_token) return
    const { app } = this
    const fields = { token: refresh_token, token_type_hint: 'refresh_token', client_id: app.clientId }
    await app.fetch(`${app.baseUrl}/oauth/revoke`, formOf(fields)).catch(() => undefined)
  }

  async #silently(url: string): Promise<string> {
    const { visit, redirectUri } = this.app
    const landed = new URL((await visit(url)).url)
    if (landed.origin + landed.pathname === redirectUri) return landed.search
    throw new Error(`The server did not come back to the app: it led to ${landed.origin}${landed.pathname}.`)
  }

  async #ask(part: OAuthStep['part'], words: string, fields: Fields, must?: string) {
    const url = `${this.app.baseUrl}/oauth/token`
    const began = performance.now()
    const response = await this.app.fetch(url, formOf(fields))
    const { status, ok } = response
    const body: Record<string, unknown> = await response.json().catch(() => ({}))
    const took = performance.now() - began
    refuseToJudge(status)
    const { error, error_description: said, refresh_token: token } = body
    if (ok && typeof token === 'string') this.#latest = { refresh_token: this.named('REFRESH_TOKEN', token) }
    const written = Object.entries(fields).map(([name, value]) => [name, this.#names.get(value) ?? value] as const)
    const step: OAuthStep = {
      ...{ part, words, accepted: ok, status, took, request: { method: 'POST', url, fields: written } },
      ...(must === undefined ? {} : { must }),
      ...(typeof error === 'string' ? { code: error } : {}),
      ...(typeof said === 'string' ? { said } : {}),
    }
    this.#steps.push(step)
    return { step, tokens: ok ? (body as Tokens) : {} }
  }

  async #look(step: Pick<OAuthStep, 'part' | 'words' | 'must'>, search: string, state: string): Promise<OAuthStep> {
    const { oauth, clientId } = this.app
    const seen = await oauth.readCallback(search, { clientId, state }).then(
      () => ({ ...step, accepted: true }),
      (error) => {
        if (error?.name !== 'OAuthError') throw error
        return { ...step, accepted: false, code: String(error.error), said: String(error.description) }
      },
    )
    this.#steps.push(seen)
    return seen
  }

  #replace(step: OAuthStep, by: OAuthStep): void {
    this.#steps[this.#steps.indexOf(step)] = by
  }
}

/** The least that a flow can ask for, and an opaque token. */
const asking = { scope: 'openid', resource: null } as const

/** The request that trades a refresh token for the next one. */
export function refreshOf({ clientId }: Pick<AttackedApp, 'clientId'>, { refresh_token }: Tokens) {
  if (!refresh_token) throw new Error('The server gave no refresh token.')
  return { grant_type: 'refresh_token', refresh_token, client_id: clientId }
}

function formOf(fields: Fields): RequestInit {
  return { method: 'POST', credentials: 'omit', cache: 'no-store', body: new URLSearchParams(fields) }
}

/** @throws Error for an answer that says nothing about the request: the server was busy, or broke. */
function refuseToJudge(status: number): void {
  if (status === 429 || status >= 500) throw new Error(`The server could not answer: ${status}. Try it again.`)
}

function refusalOf({ words, status, code }: OAuthStep): string {
  return `What is as it should be was refused, too (${words}): ${[status, code].filter(Boolean).join(' ')}.`
}

/** The code that an error page of this server tells the app's makers. */
function codeOn(page: string): string | undefined {
  return /<code>(\w+)<\/code>/.exec(page)?.[1]
}

function titleOn(page: string): string {
  return /<h1[^>]*>([^<]*)<\/h1>/.exec(page)?.[1]?.trim() ?? ''
}
