import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Concerned, Place } from '../caller.ts'
import { placeOfClient } from './resources.ts'

/** A request for tokens, as the log of its tenant has it. */
export interface TokenRequest {
  place: Place
  askerId: string
  /** Whom the tokens act for. */
  user: Concerned | null
  /** Of a refusal. */
  code: string | null
  detail: string | null
}

const requests = new WeakMap<object, TokenRequest>()

/** Keeps whose request for tokens this is and what came of it, where its client is one. */
export function keepTokenRequest({ req, oidc, body }: KoaContextWithOIDC): void {
  if (!oidc?.client) return
  const { tenantId, environment } = placeOfClient(oidc.client)
  const { error, error_description: detail } = (body ?? {}) as Record<string, unknown>
  const { AuthorizationCode: code, RefreshToken: refresh, DeviceCode: device, AccessToken: access } = oidc.entities
  const id = (access ?? refresh ?? code ?? device)?.accountId
  requests.set(req, {
    place: { tenantId, environment },
    askerId: oidc.client.clientId,
    user: id ? { id, username: null } : null,
    code: typeof error === 'string' ? error : null,
    detail: typeof detail === 'string' ? detail : null,
  })
}

/** What was kept of a request for tokens; undefined where its client is none. */
export function tokenRequestOf(request: object): TokenRequest | undefined {
  return requests.get(request)
}
