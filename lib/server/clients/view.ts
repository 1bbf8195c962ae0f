import type { AuditAction } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { ClientSecretView, ClientView } from '#lib/contract/oauth.ts'
import { record } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { registrationOf } from './registration.ts'
import type { Recorded, StoredClient, StoredSecret } from './store.ts'

/**
 * One client as it is shown.
 *
 * @throws Problem not_found where there is none
 */
export function viewOf(client: StoredClient | null | undefined): ClientView {
  if (!client) throw notFound()
  const { name, ...rest } = registrationOf(client)
  return {
    clientId: client.id,
    name,
    type: client.type as ClientView['type'],
    environment: client.environment as Environment,
    ...rest,
    createdAt: client.createdAt.toISOString(),
    secrets: client.secrets.map(secretView),
  }
}

/** A secret as it is shown after its making. */
export function secretView({ id, hint, createdAt }: StoredSecret): ClientSecretView {
  return { id, hint, createdAt: createdAt.toISOString() }
}

/** Writes a change of a client down, in the transaction that makes it. */
export function recorded(caller: Caller, action: AuditAction, more: object = {}): Recorded {
  return async (tx, after, before) => {
    const client = after ?? before
    if (!client) return
    await record(tx, caller.actor, {
      ...placeOf(caller),
      action,
      target: { id: client.id, name: client.name },
      before: before && audited(before),
      after: after && { ...audited(after), ...more },
    })
  }
}

/** No client of that id, or none of the caller's: the same answer. */
export function notFound(): Problem {
  return new Problem('not_found', 'No such OAuth client is here.')
}

function audited(client: StoredClient): object {
  const { clientId: _, secrets, ...rest } = viewOf(client)
  return { ...rest, secrets: secrets.map(({ hint }) => hint) }
}
