import { createHmac } from 'node:crypto'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { clock } from '../clock.ts'
import { deriveKey } from '../root-secret.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { metadataOf } from './client-metadata.ts'
import { graceMilliseconds } from './refresh.ts'
import * as store from './store.ts'

const sweepMilliseconds = 60_000
const shared = globalThis as { playgroundOAuthSweptAt?: number }

/** What a record is kept under: codes and tokens are secrets, so their HMAC. */
export function recordId(kind: string, name: string): string {
  return createHmac('sha256', deriveKey('oauth-record')).update(`${kind}:${name}`).digest('base64url')
}

/**
 * The authorization server's storage for one kind of record. Whatever is used once is consumed in one statement: of many
 * requests at once one gets it, in whichever process.
 *
 * @see https://github.com/panva/node-oidc-provider/blob/v9.x/docs/README.md#adapter
 */
export class RecordAdapter implements Adapter {
  readonly #kind: string

  constructor(kind: string) {
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const kind = this.#kind
    const key = recordId(kind, id)
    const alias = payload.uid ?? payload.userCode
    const record = {
      id: key,
      kind,
      grantId: payload.grantId ? recordId('Grant', payload.grantId) : null,
      alias: alias ? recordId(`${kind} alias`, alias) : null,
      userId: payload.accountId ?? null,
      clientId: payload.clientId ?? null,
      payload: seal(JSON.stringify(payload), key),
      expiresAt: expiresIn === undefined ? null : new Date(clock.now() + expiresIn * 1000),
    }
    sweepNowAndThen()
    if (kind !== 'ReplayDetection') return store.save(record)
    if (!(await store.saveNew(record))) throw new errors.InvalidDpopProof('DPoP proof JWT Replay detected')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.#kind === 'Client') return metadataOf(id)
    const found = await store.find(recordId(this.#kind, id))
    return found && this.#read(found)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findByAlias(uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findByAlias(userCode)
  }

  /** @throws InvalidGrant, InvalidRequestUri where another request was faster; of a code, all that it gave ends */
  async consume(id: string): Promise<void> {
    // A refresh token's one rotation was taken before: see refresh.ts.
    if (this.#kind === 'RefreshToken') return
    const key = recordId(this.#kind, id)
    if (await store.consume(key)) return
    if (this.#kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('request_uri was already used')
    const found = await store.find(key)
    if (found?.grantId) await store.removeGrant(found.grantId)
    throw new errors.InvalidGrant('already consumed')
  }

  async destroy(id: string): Promise<void> {
    const key = recordId(this.#kind, id)
    await (this.#kind === 'Grant' ? store.removeGrant(key) : store.remove(key))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await store.removeGiven(recordId('Grant', grantId), this.#kind)
  }

  async #findByAlias(name: string): Promise<AdapterPayload | undefined> {
    const found = await store.findByAlias(recordId(`${this.#kind} alias`, name))
    return found && this.#read(found)
  }

  #read({ id, payload, consumedAt }: store.FoundRecord): AdapterPayload {
    const kept = JSON.parse(unseal(payload, id)) as AdapterPayload
    if (!consumedAt) return kept
    const at = Date.parse(consumedAt)
    // Whose answer was lost asks again: for a while the token goes on, and leads to the same successor.
    const inGrace = this.#kind === 'RefreshToken' && clock.now() - at < graceMilliseconds
    return inGrace ? kept : { ...kept, consumed: Math.floor(at / 1000) }
  }
}

/** Deletes what has expired, at most once a minute, beside the requests. */
function sweepNowAndThen(): void {
  const now = clock.now()
  if (Math.abs(now - (shared.playgroundOAuthSweptAt ?? 0)) < sweepMilliseconds) return
  shared.playgroundOAuthSweptAt = now
  void store.sweep(new Date(now - graceMilliseconds)).catch(() => undefined)
}
