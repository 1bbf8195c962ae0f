import { create } from '@bufbuild/protobuf'
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect'
import type { MpcKeyEventType } from '#lib/contract/mpc-key-events.ts'
import { KeySchema, type KeyService, KeyServiceListResponseSchema } from '../proto/mpc_pb.js'
import { approvalOf, hashOfChange } from './approvals/approval.ts'
import { callOf } from './call.ts'
import { isLooser, labelOf, policyOf } from './keys/fields.ts'
import { type StoredKey, viewOf } from './keys/key.ts'
import { pageOf } from './keys/page.ts'
import { ownKey } from './keys/policy.ts'
import * as store from './keys/store.ts'
import { refusal } from './refusal.ts'
import { commit } from './sessions/sessions.ts'
import { removeOf } from './sessions/store.ts'
import { tell, toldOfKey } from './usage/key-changes.ts'

/** A user's keys. What loosens something is approved with a passkey; freezing is for whoever has the token. */
export const keyService: ServiceImpl<typeof KeyService> = {
  async list({ pageSize, pageToken }, context) {
    const { caller } = callOf(context)
    const page = await pageOf({ pageSize, pageToken }, (most, after) => store.list(caller, most, after))
    return create(KeyServiceListResponseSchema, { keys: page.keys.map(viewOf), nextPageToken: page.nextPageToken })
  },

  async get({ keyId }, context) {
    return { key: viewOf(await ownKey(callOf(context).caller, keyId)) }
  },

  async update({ keyId, label: newLabel, policy: newPolicy, approval: jwt }, context) {
    const { caller } = callOf(context)
    const label = newLabel === undefined ? undefined : labelOf(newLabel)
    const policy = newPolicy && policyOf(newPolicy)
    const loosens = ({ policy: now }: StoredKey) => policy !== undefined && isLooser(policy, now)
    const approval = loosens(await ownKey(caller, keyId))
      ? await approvalOf(jwt, caller, { type: 'mpc.update', keyId, messageHash: hashOfChange(policy ?? {}) })
      : undefined
    const key = await change(context, 'mpc.key.updated', keyId, async (now, tx) => {
      // It may have been made stricter in the meantime.
      if (loosens(now) && !approval)
        throw refusal('approval_required', undefined, { metadata: { action: 'mpc.update' } })
      await approval?.use(tx)
      await store.update(
        caller,
        keyId,
        { ...(label === undefined ? {} : { label }), ...(policy ? { policy } : {}) },
        tx,
      )
    })
    return { key }
  },

  async freeze({ keyId }, context) {
    const { caller } = callOf(context)
    return {
      key: await change(context, 'mpc.key.frozen', keyId, (_, tx) => store.update(caller, keyId, { frozen: true }, tx)),
    }
  },

  async unfreeze({ keyId, approval: jwt }, context) {
    const { caller } = callOf(context)
    refuseTenants(await ownKey(caller, keyId))
    const approval = await approvalOf(jwt, caller, { type: 'mpc.unfreeze', keyId })
    const key = await change(context, 'mpc.key.unfrozen', keyId, async (now, tx) => {
      refuseTenants(now)
      await approval.use(tx)
      await store.update(caller, keyId, { frozen: false }, tx)
    })
    return { key }
  },

  async delete({ keyId, approval: jwt }, context) {
    const call = callOf(context)
    await ownKey(call.caller, keyId)
    const approval = await approvalOf(jwt, call.caller, { type: 'mpc.delete', keyId })
    await commit(call, async (tx) => {
      const now = await ownKey(call.caller, keyId, tx)
      await approval.use(tx)
      await store.remove(call.caller, keyId, tx)
      await removeOf(call.caller, keyId, tx)
      await tell('mpc.key.deleted', call.caller, { keyId, before: toldOfKey(now) }, tx)
    })
    return {}
  },
}

/** What the tenant froze, the tenant unfreezes. */
function refuseTenants({ frozenBy }: StoredKey): void {
  if (!frozenBy.includes('tenant')) return
  throw refusal('frozen_by_tenant', 'The tenant froze the key, and only the tenant unfreezes it: ask them.')
}

/** Changes a key, tells of it, and counts the call with it; the key as it is then. */
async function change(
  context: HandlerContext,
  type: MpcKeyEventType,
  keyId: string,
  work: (now: StoredKey, tx: store.Transaction) => Promise<void>,
) {
  const call = callOf(context)
  let changed: StoredKey | undefined
  await commit(call, async (tx) => {
    const now = await ownKey(call.caller, keyId, tx)
    await work(now, tx)
    changed = await ownKey(call.caller, keyId, tx)
    await tell(type, call.caller, { keyId, before: toldOfKey(now), after: toldOfKey(changed) }, tx)
  })
  return create(KeySchema, viewOf(changed as StoredKey))
}
