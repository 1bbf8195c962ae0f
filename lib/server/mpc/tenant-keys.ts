import { setTimeout as after } from 'node:timers/promises'
import { type Timestamp, timestampDate } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError } from '@connectrpc/connect'
import type { z } from 'zod'
import type { MpcKeyList, MpcKeyView, mpcKeysQuery } from '#lib/contract/mpc-keys.ts'
import type { TenantKey } from '../../mpc/proto/mpc_pb.js'
import { type Caller, placeOf } from '../caller.ts'
import { env } from '../env.ts'
import { usernamesOf, usersNamed } from '../passkeys/user.ts'
import { Problem } from '../problem.ts'
import { asTenant } from './tenant-client.ts'

// How many users a text may name: those beyond are found by more of their name.
const mostUsers = 200
// Whoever finds while they type waits no longer for the rest.
const soonMilliseconds = 1_000
const aKeyId = /^mpk_\w{1,32}$/

/**
 * The keys of the caller's users at the MPC server, newest first. Users are known here by name, and there by id.
 *
 * @throws Problem unavailable where there is no MPC server, or it does not answer; invalid_request for a cursor that is none
 */
export async function listMpcKeys(
  caller: Caller,
  { limit, cursor = '', user = '', q = '', frozen }: z.output<typeof mpcKeysQuery>,
): Promise<MpcKeyList> {
  const text = q.trim()
  const request = {
    ...{ pageSize: limit, pageToken: cursor, user, text },
    textUsers: text ? await usersNamed(placeOf(caller), text, mostUsers) : [],
    ...(frozen ? { frozen: frozen === 'yes' } : {}),
  }
  const { keys, nextPageToken, total } = await asked(caller, (service, options) => service.list(request, options))
  return { data: await viewsOf(caller, keys), nextCursor: nextPageToken || null, total }
}

/**
 * The newest keys in whose id or label a text stands, and of the users whose ids are named; so many at most. None where no
 * MPC server answers in a second: whoever looks for something finds the rest.
 */
export async function findMpcKeys(caller: Caller, text: string, users: string[], most: number): Promise<MpcKeyView[]> {
  if (env().mpcUrls[caller.environment].length === 0) return []
  const request = { pageSize: most, pageToken: '', user: '', text, textUsers: users }
  const none = { keys: [] }
  const { keys } = await Promise.race([
    asTenant(caller, (service, options) => service.list(request, options)).catch(() => none),
    after(soonMilliseconds, none, { ref: false }),
  ])
  return viewsOf(caller, keys)
}

/** @throws Problem not_found, also for another tenant's or environment's; unavailable */
export async function readMpcKey(caller: Caller, keyId: string): Promise<MpcKeyView> {
  return askedOf(caller, keyId, (service, options) => service.get({ keyId }, options))
}

/**
 * Freezes a key for the tenant: from its answer on it signs nothing, whatever its user does.
 *
 * @throws Problem not_found, unavailable
 */
export async function freezeMpcKey(caller: Caller, keyId: string): Promise<MpcKeyView> {
  return askedOf(caller, keyId, (service, options) => service.freeze({ keyId }, options))
}

/**
 * Ends that.
 *
 * @throws Problem invalid_request for a key that only its user froze; not_found, unavailable
 */
export async function unfreezeMpcKey(caller: Caller, keyId: string): Promise<MpcKeyView> {
  return askedOf(caller, keyId, (service, options) => service.unfreeze({ keyId }, options))
}

/**
 * Freezes every key of one user for the tenant.
 *
 * @throws Problem unavailable
 */
export async function freezeMpcKeysOf(caller: Caller, userId: string): Promise<void> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page: MpcKeyList = await listMpcKeys(caller, {
      limit: 100,
      cursor,
      user: userId,
      environment: caller.environment,
    })
    for (const { id, frozenBy } of page.data) if (!frozenBy.includes('tenant')) await freezeMpcKey(caller, id)
    cursor = page.nextCursor
  }
}

async function askedOf(
  caller: Caller,
  keyId: string,
  ask: Parameters<typeof asTenant<{ key?: TenantKey }>>[1],
): Promise<MpcKeyView> {
  if (!aKeyId.test(keyId)) throw notFound()
  const { key } = await asked(caller, ask)
  const [view] = await viewsOf(caller, key ? [key] : [])
  if (!view) throw new Error('The MPC server answered without the key.')
  return view
}

function notFound(): Problem {
  return new Problem('not_found', 'No such MPC key.')
}

async function asked<Answer>(...[caller, ask]: Parameters<typeof asTenant<Answer>>): Promise<Answer> {
  if (env().mpcUrls[caller.environment].length === 0) {
    const detail =
      'There is no MPC server here. The operator starts one beside this one with MPC=on, or names one in MPC_URL.'
    throw new Problem('unavailable', detail, { headers: { 'Retry-After': '60' } })
  }
  try {
    return await asTenant(caller, ask)
  } catch (error) {
    throw problemOf(ConnectError.from(error))
  }
}

/** What the MPC server refused, in the API's own codes. */
function problemOf(error: ConnectError): Problem {
  const { code, rawMessage: detail } = error
  switch (code) {
    case Code.NotFound:
      return notFound()
    case Code.InvalidArgument:
    case Code.PermissionDenied:
      return new Problem('invalid_request', detail, { issues: [{ path: '', message: detail }], cause: error })
    case Code.ResourceExhausted: {
      const headers = { 'Retry-After': error.metadata.get('retry-after') ?? '60' }
      return new Problem('rate_limited', detail, { headers, cause: error })
    }
    default:
      return new Problem('unavailable', awayOf(error), { headers: { 'Retry-After': '2' }, cause: error })
  }
}

function awayOf({ code, rawMessage }: ConnectError): string {
  if (code === Code.Unauthenticated) return `The MPC server does not take this server’s word: ${rawMessage}`
  if (code === Code.Unimplemented)
    return 'The MPC server is older than this one, and shows a tenant no keys: restart it.'
  return 'The MPC server cannot be reached now, and nothing was changed. Its operator finds why in its log.'
}

async function viewsOf(caller: Caller, keys: TenantKey[]): Promise<MpcKeyView[]> {
  const names = await usernamesOf(placeOf(caller), [...new Set(keys.map(({ user }) => user))])
  return keys.map((key) => {
    const { id, user, label, suite, threshold, parties, publicKey, policy, frozenBy, generation, signatures } = key
    return {
      ...{ id, label, threshold, parties, environment: caller.environment },
      user: { id: user, username: names.get(user) ?? null },
      suite: suite as MpcKeyView['suite'],
      publicKey: Buffer.from(publicKey).toString('base64url'),
      policy: { approval: policy?.approval === 'never' ? 'never' : 'always', maxPerHour: policy?.maxPerHour || null },
      frozenBy: frozenBy as MpcKeyView['frozenBy'],
      resharings: generation,
      signatures: Number(signatures),
      createdAt: momentOf(key.createdAt) ?? '',
      lastSignedAt: momentOf(key.lastSignedAt),
    }
  })
}

function momentOf(timestamp: Timestamp | undefined): string | null {
  return timestamp ? timestampDate(timestamp).toISOString() : null
}
