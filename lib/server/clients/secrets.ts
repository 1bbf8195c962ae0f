import type { ClientSecretAsked, ClientSecretCreated } from '#lib/contract/oauth.ts'
import { type Caller, placeOf } from '../caller.ts'
import { newId, randomText } from '../ids.ts'
import { onceOf } from '../once/once.ts'
import { Problem } from '../problem.ts'
import { hashToken } from '../secret-token.ts'
import { mayGive } from './grant.ts'
import { registrationOf } from './registration.ts'
import * as store from './store.ts'
import { notFound, recorded, secretView } from './view.ts'

/** A secret's text, which is shown once, and what is kept of it. */
export function newSecret(): { text: string; kept: store.NewSecret } {
  const text = `cs_${randomText(43)}`
  return { text, kept: { id: newId('sec'), hash: hashToken(text, 'client-secret'), hint: `cs_…${text.slice(-4)}` } }
}

/**
 * Gives a confidential client a further secret, which is in this answer and nowhere else. Both work until one is removed. The
 * same Idempotency-Key again makes nothing, and answers without the secret.
 *
 * @throws Problem invalid_request for a public client and where there are two, insufficient_scope when the client has a scope
 *   that the caller does not have, idempotency_conflict, not_found
 */
export async function addSecret(caller: Caller, clientId: string): Promise<ClientSecretCreated>
export async function addSecret(
  caller: Caller,
  clientId: string,
  making: { idempotencyKey: string | undefined },
): Promise<ClientSecretAsked>
export async function addSecret(
  caller: Caller,
  clientId: string,
  { idempotencyKey }: { idempotencyKey?: string | undefined } = {},
): Promise<ClientSecretAsked> {
  const { text, kept } = newSecret()
  const allowed = (client: store.StoredClient) => {
    const { type, secrets } = client
    if (type === 'public') throw refused('A public client has no secrets: make a confidential one.')
    mayGive(caller, registrationOf(client))
    if (secrets.length >= store.maxSecrets) {
      throw refused('The client has two secrets already, which is all that can work at once: remove the old one first.')
    }
  }
  const noted = recorded(caller, 'client.secret_added', { secretId: kept.id })
  const once = onceOf(idempotencyKey, `oauth.clients.secrets.create ${clientId}`, {})
  const changed = await store.saveSecret(placeOf(caller), clientId, kept, allowed, once, noted)
  const made = changed?.after?.secrets.find(({ id }) => id === (changed.earlier ?? kept.id))
  if (!made) throw notFound()
  return { ...secretView(made), ...(changed?.earlier ? {} : { clientSecret: text }) }
}

/**
 * Ends one of a client's two secrets: the next request with it is refused, at another process within 5 s.
 *
 * @throws Problem invalid_request for the last one, not_found
 */
export async function removeSecret(caller: Caller, clientId: string, secretId: string): Promise<void> {
  const allowed = ({ secrets }: store.StoredClient) => {
    if (!secrets.some(({ id }) => id === secretId)) throw new Problem('not_found', 'The client has no such secret.')
    if (secrets.length === 1) {
      throw refused('This is the client’s last secret: make another one first, or delete the client.')
    }
  }
  const noted = recorded(caller, 'client.secret_removed', { secretId })
  if (!(await store.removeSecret(placeOf(caller), clientId, secretId, allowed, noted))) throw notFound()
}

function refused(message: string): Problem {
  return new Problem('invalid_request', message, { issues: [{ path: 'secrets', message }] })
}
