import { createHmac } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import { clock, isDue } from '../clock.ts'
import { preparedKey } from '../root-secret.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import type { Named } from './passkey-names.ts'
import type { FoundRecord, StoredRecord } from './store.ts'

/** How long a used refresh token leads to its successor: see refresh.ts. */
export const graceMilliseconds = 10_000

const remembered = new Map<string, string>()
const rememberedAtMost = 100

/** What a record is kept under: codes and tokens are secrets, so their HMAC. A request asks for the same several times. */
export function recordId(kind: string, name: string): string {
  const key = `${kind}:${name}`
  const known = remembered.get(key)
  if (known) return known
  const id = createHmac('sha256', preparedKey('oauth-record')).update(key).digest('base64url')
  rememberId(kind, name, id)
  return id
}

/** For who has the id of a record already. */
export function rememberId(kind: string, name: string, id: string): void {
  if (remembered.size >= rememberedAtMost) remembered.clear()
  remembered.set(`${kind}:${name}`, id)
}

/** What a session's uid or a device's user code is found by. */
export function aliasOf(kind: string, name: string): string {
  return recordId(`${kind} alias`, name)
}

/** A record as it is kept: nothing of it in clear. */
export function recordOf(kind: string, name: string, payload: AdapterPayload, expiresIn?: number): StoredRecord {
  const id = recordId(kind, name)
  const alias = payload.uid ?? payload.userCode
  return {
    id,
    kind,
    grantId: payload.grantId ? recordId('Grant', payload.grantId) : null,
    alias: alias ? aliasOf(kind, alias) : null,
    userId: payload.accountId ?? null,
    clientId: payload.clientId ?? null,
    passkeyId: passkeyOf(payload) ?? null,
    payload: seal(JSON.stringify(payload), id),
    expiresAt: expiresIn === undefined ? null : new Date(clock.now() + expiresIn * 1000),
  }
}

/** The passkey of a session or a grant; of an interaction, the one that signed in at it. */
function passkeyOf({ passkeyId, result, lastSubmission }: AdapterPayload & Named): string | undefined {
  return passkeyId ?? (result?.login ?? lastSubmission?.login)?.passkeyId
}

/** What was kept; of what was used, when that was. */
export function payloadOf(kind: string, { id, payload, passkeyId, consumedAt }: FoundRecord): AdapterPayload {
  const kept = { ...JSON.parse(unseal(payload, id)), ...(passkeyId ? { passkeyId } : {}) } as AdapterPayload
  if (!consumedAt) return kept
  const at = Date.parse(consumedAt)
  // Whose answer was lost asks again: for a while the token goes on, and leads to the same successor.
  const inGrace = kind === 'RefreshToken' && !isDue(at, graceMilliseconds)
  return inGrace ? kept : { ...kept, consumed: Math.floor(at / 1000) }
}
