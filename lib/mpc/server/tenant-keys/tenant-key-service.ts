import type { MessageInitShape } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect'
import type { TenantKeySchema, TenantKeyService } from '../../proto/mpc_pb.js'
import { pageOf } from '../keys/page.ts'
import { refusal } from '../refusal.ts'
import { tell } from '../usage/key-changes.ts'
import { tenantCallOf } from './call.ts'
import * as store from './store.ts'

const longestText = 64
const mostUsers = 200
/** One more stands for any number beyond. */
const mostCounted = 1_000

/**
 * The keys of a tenant's users, for the tenant: to look at, and to freeze. Who asks is a member in the tenant's Console, where
 * it was found what they may do and whether they confirmed it.
 */
export const tenantKeyService: ServiceImpl<typeof TenantKeyService> = {
  async list({ pageSize, pageToken, user, text, textUsers, frozen }, context) {
    const { caller } = tenantCallOf(context)
    if (text.length > longestText || textUsers.length > mostUsers) {
      const detail = `text has at most ${longestText} characters, and text_users ${mostUsers} names.`
      throw refusal('invalid_request', detail, { metadata: { field: 'text' } })
    }
    const filter = { user: user || undefined, text: text || undefined, textUsers, frozen }
    const page = await pageOf({ pageSize, pageToken }, (most, after) => store.list(caller, filter, most, after))
    return {
      keys: page.keys.map(viewOf),
      nextPageToken: page.nextPageToken,
      total: await store.count(caller, filter, mostCounted + 1),
    }
  },

  async get({ keyId }, context) {
    return { key: viewOf(await keyOf(tenantCallOf(context).caller, keyId)) }
  },

  async freeze({ keyId }, context) {
    return { key: await change(context, keyId, true) }
  },

  async unfreeze({ keyId }, context) {
    return { key: await change(context, keyId, false) }
  },
}

/** Freezes a key, or unfreezes it, and tells of it; one that is so already stays so. */
async function change(context: HandlerContext, keyId: string, freezes: boolean) {
  const { caller, signal } = tenantCallOf(context)
  signal.throwIfAborted()
  return store.transaction(async (tx) => {
    const before = await keyOf(caller, keyId, tx)
    const { frozenBy } = before
    if (!freezes && frozenBy.includes('user') && !frozenBy.includes('tenant')) {
      throw refusal('frozen_by_user', 'The user froze the key, and only the user unfreezes it, with their passkey.')
    }
    await store.freeze(caller, keyId, freezes, tx)
    const after = await keyOf(caller, keyId, tx)
    await tell(freezes ? 'mpc.key.frozen' : 'mpc.key.unfrozen', caller, { keyId, before, after }, tx)
    return viewOf(after)
  })
}

/** @throws ConnectError NOT_FOUND, of another tenant's or environment's key too */
async function keyOf(tenancy: store.Tenancy, id: string, tx?: store.Transaction): Promise<store.TenantKey> {
  const found = await store.find(tenancy, id, tx)
  if (!found) throw refusal('not_found', 'There is no such key of this tenant.')
  return found
}

function viewOf(key: store.TenantKey): MessageInitShape<typeof TenantKeySchema> {
  const { signatures, frozenBy, createdAt, lastSignedAt, ...rest } = key
  return {
    ...rest,
    frozenBy: [...frozenBy],
    signatures: BigInt(signatures),
    createdAt: timestampFromDate(createdAt),
    ...(lastSignedAt ? { lastSignedAt: timestampFromDate(lastSignedAt) } : {}),
  }
}
