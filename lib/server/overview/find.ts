import { apiKeyInText, apiKeyStart } from '#lib/contract/api-key-format.ts'
import type { FoundItem, FoundList } from '#lib/contract/console-frame.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import type { UserView } from '#lib/contract/users.ts'
import { maxEndpoints } from '#lib/contract/webhooks.ts'
import { type Caller, placeOf } from '../caller.ts'
import { allClients } from '../clients/clients.ts'
import { findKey, keysWithText } from '../keys/keys.ts'
import { readLog } from '../logs/logs.ts'
import { findMpcKeys } from '../mpc/tenant-keys.ts'
import { writtenAs } from '../passkeys/user.ts'
import { findUsers } from '../passkeys/users/users.ts'
import { Problem } from '../problem.ts'
import { timeOfRequest } from '../request-id.ts'
import { listWebhooks } from '../webhooks/endpoints.ts'

const most = 5
const aKeyId = /^(?:sk_(?:test|live)_)?([0-9A-Za-z]{12})$/

/**
 * What a text names in the caller's environment, at most five of each kind: users by the beginning of their name, a request
 * by its whole id, the rest by any part. A key is found in the environment that its text says, and by its id alone: of a
 * whole one the secret is left out.
 *
 * @param callerIn the same who asks, in another environment
 */
export async function find(
  caller: Caller,
  text: string,
  callerIn: (environment: Environment) => Caller,
): Promise<FoundList> {
  const ofKey = apiKeyInText.exec(text)?.[0].split('_').slice(0, 3).join('_')
  const named = (apiKeyStart.exec(ofKey ?? text)?.[1] as Environment | undefined) ?? caller.environment
  const [requests, people, keys, clients, webhooks] = await Promise.all([
    Promise.all((['test', 'live'] as const).map((environment) => requestOf(callerIn(environment), text))),
    ofKey ? [] : usersNamed(caller, text),
    keysNamed(callerIn(named), ofKey ?? text),
    ofKey ? [] : allClients(caller),
    ofKey ? [] : listWebhooks(caller, { limit: maxEndpoints }).then(({ data }) => data),
  ])
  const here = { environment: caller.environment }
  const mpcKeys = ofKey
    ? []
    : await findMpcKeys(
        caller,
        text,
        people.map(({ id }) => id),
        most,
      )
  const says = (...words: string[]) => words.some((word) => word.toLowerCase().includes(text.toLowerCase()))
  return {
    data: [
      ...requests.flat(),
      ...people.map(({ id, username, displayName, passkeyCount: passkeys, lastUsedAt }) => ({
        ...{ kind: 'user' as const, id, ...here, name: username, passkeys, lastUsedAt },
        hint: displayName === username ? null : displayName,
      })),
      ...keys.map((key) => ({ kind: 'key' as const, environment: named, ...key })),
      ...clients
        .filter(({ clientId, name, redirectUris }) => says(clientId, name, ...redirectUris))
        .slice(0, most)
        .map(({ clientId: id, name }) => ({ kind: 'client' as const, id, ...here, name, hint: id })),
      ...webhooks
        .filter(({ id, url, description }) => says(id, url, description))
        .slice(0, most)
        .map(({ id, url, description }) => ({
          ...{ kind: 'webhook' as const, id, ...here, name: url, hint: description || null },
        })),
      ...mpcKeys.map(({ id, label, user }) => ({
        ...{ kind: 'mpc_key' as const, id, ...here, name: label || id, hint: user.username ?? user.id },
      })),
    ] satisfies FoundItem[],
  }
}

/** The key whose id the text ends with, however old; else the newest keys with that text. */
async function keysNamed(caller: Caller, text: string): Promise<Pick<KeyView, 'id' | 'name' | 'hint'>[]> {
  const id = aKeyId.exec(text)?.[1]
  const key = id && (await findKey(caller, id))
  if (!key) return keysWithText(placeOf(caller), text, most)
  return [{ id: key.id, name: key.name, hint: key.hint }]
}

/** Users by the beginning of their name, in whichever case of letters it is written: each is a look into the index. */
async function usersNamed(caller: Caller, text: string): Promise<UserView[]> {
  const found = await Promise.all(writtenAs(text).map((beginning) => findUsers(caller, beginning, most)))
  return [...new Map(found.flat().map((user) => [user.id, user])).values()].slice(0, most)
}

/** A request of either environment, by its whole id. */
async function requestOf(caller: Caller, id: string): Promise<FoundItem[]> {
  if (timeOfRequest(id) === undefined) return []
  const entry = await readLog(caller, id).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'not_found') return undefined
    throw error
  })
  if (!entry) return []
  const { method, path, status, code } = entry
  return [
    {
      kind: 'request',
      id,
      environment: caller.environment,
      name: `${method} ${path}`,
      hint: `${status} ${code ?? ''}`.trim(),
    },
  ]
}
