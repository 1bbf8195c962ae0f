import { mpcKeyActions } from '#lib/contract/mpc-key-events.ts'
import type { MpcKeyEvent } from '#lib/contract/usage-events.ts'
import { record } from '../../audit/audit.ts'
import type { Actor } from '../../caller.ts'
import { usernamesOf } from '../../passkeys/user.ts'
import { tell } from '../../webhooks/tell.ts'
import type { NotedEvent } from './store.ts'

/**
 * How each change of a key is written into its tenant's audit log, at the moment when it happened. Members come with their
 * names; users are told by their ids, and named here.
 */
export async function notesOf(events: MpcKeyEvent[]): Promise<(event: MpcKeyEvent) => NotedEvent['note']> {
  const names = await namesOf(events)
  return ({ type, data }) => {
    const { tenantId, environment, keyId, before, after, at, actor } = data
    const change = {
      ...{ tenantId, environment, before, after, at: new Date(at) },
      action: mpcKeyActions[type],
      target: { id: keyId, name: (after ?? before)?.label || keyId },
    }
    const by: Actor =
      actor.type === 'user'
        ? { type: 'user', id: actor.id, name: names.get(actor.id) ?? actor.id, address: null, requestId: null }
        : actor
    return async (tx) => {
      await record(tx, by, change)
      if (type !== 'mpc.key.generated') return
      const told = { keyId, label: after?.label ?? '', userId: actor.id }
      await tell(tx, { tenantId, environment }, 'mpc.key_generated', told, new Date(at))
    }
  }
}

/** The usernames of the users among those who made changes, each looked for where their key is. */
async function namesOf(events: MpcKeyEvent[]): Promise<Map<string, string>> {
  const places = Object.values(Object.groupBy(events, ({ data }) => `${data.tenantId} ${data.environment}`))
  const found = await Promise.all(
    places.map(async (some = []) => {
      const ids = some.flatMap(({ data: { actor } }) => (actor.type === 'user' ? [actor.id] : []))
      const [first] = some
      return first && ids.length > 0 ? [...(await usernamesOf(first.data, [...new Set(ids)]))] : []
    }),
  )
  return new Map(found.flat())
}
