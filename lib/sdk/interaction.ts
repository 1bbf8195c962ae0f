import type { InteractionStep } from '#lib/contract/oauth.ts'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import { type Call, call } from './call.ts'

/**
 * What the page of an OAuth interaction asks of the server. Each step that ends something answers with where the browser
 * goes next.
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached
 */
export class InteractionClient {
  readonly #base: string

  constructor(uid: string) {
    this.#base = `/interaction/${encodeURIComponent(uid)}/api`
  }

  readonly signIn = {
    begin: (username?: string) =>
      this.#post<AuthenticateBegun>('/sign-in/begin', { body: username === undefined ? {} : { username } }),
    finish: (body: AuthenticateFinish) => this.#post<InteractionStep>('/sign-in/finish', { body }),
  }

  readonly signUp = {
    begin: (username: string) => this.#post<RegisterBegun>('/sign-up/begin', { body: { username } }),
    finish: (body: RegisterFinish) => this.#post<InteractionStep>('/sign-up/finish', { body }),
  }

  /** Allows what is asked for, without those scopes. */
  allow(leftOut: readonly string[] = []) {
    return this.#post<InteractionStep>('/allow', { body: { leftOut } })
  }

  deny() {
    return this.#post<InteractionStep>('/deny', { body: {} })
  }

  /** Consent: as somebody else. */
  switchAccount() {
    return this.#post<InteractionStep>('/switch', { body: {} })
  }

  #post<Answer>(path: string, request: Call): Promise<Answer> {
    return call((...request) => globalThis.fetch(...request), 'POST', `${this.#base}${path}`, request)
  }
}

/** What the page `/account` asks of the server, for whoever is signed in. */
export const account = {
  signIn: {
    begin: () => callAccount<AuthenticateBegun>('POST', '/sign-in/begin', { body: {} }),
    finish: (body: AuthenticateFinish) => callAccount<undefined>('POST', '/sign-in/finish', { body }),
  },
  /** Asks for an assertion that confirms one change alone. */
  confirm: (change: 'add' | { delete: string }) =>
    callAccount<AuthenticateBegun>('POST', '/confirm', { body: { for: change } }),
  passkeys: {
    begin: (confirmation: AuthenticateFinish) =>
      callAccount<RegisterBegun>('POST', '/passkeys/begin', { body: confirmation }),
    finish: (body: RegisterFinish) => callAccount<undefined>('POST', '/passkeys/finish', { body }),
    rename: (id: string, name: string) =>
      callAccount<undefined>('PATCH', `/passkeys/${encodeURIComponent(id)}`, { body: { name } }),
    delete: (id: string, confirmation: AuthenticateFinish) =>
      callAccount<undefined>('POST', `/passkeys/${encodeURIComponent(id)}/delete`, { body: confirmation }),
  },
  endSession: (id: string) => callAccount<undefined>('DELETE', `/sessions/${encodeURIComponent(id)}`),
  /** Takes an app's rights away: its tokens end. */
  revoke: (clientId: string) => callAccount<undefined>('DELETE', `/grants/${encodeURIComponent(clientId)}`),
  signOut: () => callAccount<undefined>('POST', '/sign-out', { body: {} }),
}

function callAccount<Answer>(method: string, path: string, request: Call = {}): Promise<Answer> {
  return call((...request) => globalThis.fetch(...request), method, `/account/api${path}`, request)
}
