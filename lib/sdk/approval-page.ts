import type { AuthenticateBegun, AuthenticateFinish } from '#lib/contract/passkeys.ts'
import { type Call, call } from './call.ts'

/**
 * What the page of an approval asks of the server.
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached
 */
export class ApprovalPageClient {
  readonly #base: string

  constructor(id: string) {
    this.#base = `/approval/${encodeURIComponent(id)}/api`
  }

  begin() {
    return this.#post<AuthenticateBegun>('/begin', { body: {} })
  }

  finish(body: AuthenticateFinish) {
    return this.#post<undefined>('/finish', { body })
  }

  decline() {
    return this.#post<undefined>('/decline', { body: {} })
  }

  #post<Answer>(path: string, request: Call): Promise<Answer> {
    return call((...request) => globalThis.fetch(...request), 'POST', `${this.#base}${path}`, request)
  }
}
