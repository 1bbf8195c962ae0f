import {
  DPoP as createHandle,
  type DPoPHandle,
  generateKeyPair,
  isDPoPNonceError,
  type ProtectedResourceRequestBody,
  protectedResourceRequest,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import { sendingTo } from './oauth-server.ts'

/** A key pair that tokens are bound to: whoever steals a token cannot use it without the key. */
export interface DPoP {
  /** The library's own handle. */
  readonly handle: DPoPHandle
  /** The thumbprint of the public key, which bound tokens carry as `cnf.jkt`. */
  readonly thumbprint: string
  /** Sends a request with a token and a fresh proof of the key. */
  request(accessToken: string, url: string, init: RequestInit, fetch: typeof globalThis.fetch): Promise<Response>
}

/**
 * A new key pair (ES256) that cannot be exported.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449
 */
export async function newDPoP(): Promise<DPoP> {
  const handle = createHandle({}, await generateKeyPair('ES256'))
  return {
    handle,
    thumbprint: await handle.calculateThumbprint(),
    request: (accessToken, url, init, fetch) =>
      withNonce(() => send(handle, accessToken, new URL(url, globalThis.location?.href), init, fetch)).catch(answerOf),
  }
}

/** Does it again, once, where the server asks for a nonce in the proof: the handle has kept the nonce by then. */
export async function withNonce<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!isDPoPNonceError(error)) throw error
    return work()
  }
}

function send(
  handle: DPoPHandle,
  accessToken: string,
  url: URL,
  { method = 'GET', headers, body, signal }: RequestInit,
  fetch: typeof globalThis.fetch,
): Promise<Response> {
  const { authorization: _, ...more } = Object.fromEntries(new Headers(headers))
  const options = { DPoP: handle, ...sendingTo(url.href, fetch), ...(signal ? { signal } : {}) }
  const content = body as ProtectedResourceRequestBody
  return protectedResourceRequest(accessToken, method, url, new Headers(more), content, options)
}

/** A refusal is an answer like any other: its body says why. */
function answerOf(error: unknown): Response {
  if (error instanceof WWWAuthenticateChallengeError) return error.response
  throw error
}
