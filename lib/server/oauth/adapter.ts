import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { clock, isDue } from '../clock.ts'
import { oneAtATime } from '../leases/one-at-a-time.ts'
import { wakeSender } from '../webhooks/wake.ts'
import { metadataOf } from './client-metadata.ts'
import { toldOfEnded, toldOfNew } from './grant-events.ts'
import { findPresented, grantPresented } from './presented/presented.ts'
import { aliasOf, payloadOf, recordId, recordOf } from './records.ts'
import { holdSuccessor } from './refresh.ts'
import * as records from './store.ts'
import { tell, telling } from './unavailable.ts'

const store = telling(records)
const sweepMilliseconds = 60_000
const shared = globalThis as { playgroundOAuthSweptAt?: number }

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

  /** @throws InvalidDpopProof for a proof that came before */
  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const record = recordOf(this.#kind, id, payload, expiresIn)
    sweepNowAndThen()
    if (this.#kind === 'RefreshToken' && holdSuccessor(Provider.ctx, record)) return
    if (this.#kind === 'Grant') return keepGrant(record, payload)
    if (this.#kind !== 'ReplayDetection') return store.save(record)
    if (!(await store.saveNew(record))) throw new errors.InvalidDpopProof('DPoP proof JWT Replay detected')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.#kind === 'Client') return metadataOf(id).catch(tell)
    if (this.#kind === 'RefreshToken' || this.#kind === 'DeviceCode') return findPresented(this.#kind, id)
    const presented = this.#kind === 'Grant' && grantPresented(id)
    if (presented) return presented
    const found = await store.find(recordId(this.#kind, id))
    return found && payloadOf(this.#kind, found)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findByAlias(uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findByAlias(userCode)
  }

  /** @throws InvalidGrant, InvalidRequestUri where another request was faster; of a code, all that it gave ends */
  async consume(id: string): Promise<void> {
    // A refresh token is used together with the keeping of its successor: see refresh.ts.
    if (this.#kind === 'RefreshToken') return
    const key = recordId(this.#kind, id)
    if (await store.consume(key)) return
    if (this.#kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('request_uri was already used')
    const found = await store.find(key)
    if (found?.grantId) await endGrant(found.grantId)
    throw new errors.InvalidGrant('already consumed')
  }

  async destroy(id: string): Promise<void> {
    const key = recordId(this.#kind, id)
    await (this.#kind === 'Grant' ? endGrant(key) : store.remove(key))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    // Ending an access token leaves what else its grant gave; the library's policy is for the grant itself alone.
    const { route, entities } = Provider.ctx?.oidc ?? {}
    if (route === 'revocation' && entities?.AccessToken) return
    await store.removeGiven(recordId('Grant', grantId), this.#kind)
  }

  async #findByAlias(name: string): Promise<AdapterPayload | undefined> {
    const found = await store.findByAlias(aliasOf(this.#kind, name))
    return found && payloadOf(this.#kind, found)
  }
}

/** Keeps a grant; of one that is new, webhooks are told. */
async function keepGrant(record: records.StoredRecord, payload: AdapterPayload): Promise<void> {
  const told = await toldOfNew(record, payload).catch(tell)
  if (!(await store.saveNew(record, told))) return store.save(record)
  wakeSender()
}

/** Ends a grant and all that it gave, and tells webhooks and the audit log of it. */
async function endGrant(id: string): Promise<void> {
  const byApp = Provider.ctx?.oidc.route === 'revocation'
  const told = await toldOfEnded(await store.findGrant(id), byApp).catch(tell)
  await store.removeGrant(id, told)
  wakeSender()
}

/** Deletes what has expired, at most once a minute, beside the requests. */
function sweepNowAndThen(): void {
  if (!isDue(shared.playgroundOAuthSweptAt ?? 0, sweepMilliseconds)) return
  shared.playgroundOAuthSweptAt = clock.now()
  void oneAtATime('oauth', store.sweep).catch(() => undefined)
}
