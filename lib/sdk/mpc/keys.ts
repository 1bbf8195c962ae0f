import { approvalOf } from './approval.ts'
import { approvedChange } from './change.ts'
import type { Context } from './context.ts'
import { type KeyPolicy, keyView, type MpcKey, policyMessage } from './key-view.ts'
import { dropPending } from './pending.ts'
import type { Approvable } from './settings.ts'

/** Every key of the user, newest first as the server lists them. */
export async function listKeys({ key }: Context, options: { signal?: AbortSignal } = {}): Promise<MpcKey[]> {
  const found: MpcKey[] = []
  for (let pageToken = ''; ; ) {
    const { keys, nextPageToken } = await key.list({ pageSize: 100, pageToken }, options)
    found.push(...keys.map(keyView))
    if (!nextPageToken) return found
    pageToken = nextPageToken
  }
}

export async function getKey({ key }: Context, keyId: string, options: { signal?: AbortSignal } = {}): Promise<MpcKey> {
  return keyView((await key.get({ keyId }, options)).key)
}

export interface KeyChanges {
  label?: string
  policy?: KeyPolicy
}

/** Changes label or policy. What loosens the policy needs an approval. */
export async function updateKey(
  context: Context,
  keyId: string,
  { label, policy }: KeyChanges,
  wishes: Approvable = {},
): Promise<MpcKey> {
  const changes = {
    ...(label === undefined ? {} : { label }),
    ...(policy === undefined ? {} : { policy: policyMessage(policy) }),
  }
  const asked = changes.policy && (await approvedChange('Change the policy of your key', changes.policy))
  const approval = asked ? await approvalOf(context, { type: 'mpc.update', keyId, ...asked }, wishes) : ''
  return keyView((await context.key.update({ keyId, ...changes, approval }, called(wishes))).key)
}

/** Stops all signing with a key, at once. The token is enough. */
export async function freezeKey({ key }: Context, keyId: string, options: { signal?: AbortSignal } = {}) {
  return keyView((await key.freeze({ keyId }, options)).key)
}

/** Needs an approval. */
export async function unfreezeKey(context: Context, keyId: string, wishes: Approvable = {}): Promise<MpcKey> {
  const approval = await approvalOf(context, { type: 'mpc.unfreeze', keyId }, wishes)
  return keyView((await context.key.unfreeze({ keyId, approval }, called(wishes))).key)
}

/** Ends the server's share and this device's: nobody signs with the key again. Needs an approval. */
export async function deleteKey(context: Context, keyId: string, wishes: Approvable = {}): Promise<void> {
  const approval = await approvalOf(context, { type: 'mpc.delete', keyId }, wishes)
  await context.key.delete({ keyId, approval }, called(wishes))
  await context.shares.remove(context.place(keyId))
  await dropPending(context, keyId)
}

export interface PolicyAnswer {
  approvalRequired: boolean
  /** Signatures within this hour; absent where there is no limit. */
  leftThisHour: number | undefined
}

/** What the policy would answer to a signature, which is not made. */
export async function dryRun(
  { sign }: Context,
  keyId: string,
  message: Uint8Array,
  options: { signal?: AbortSignal } = {},
): Promise<PolicyAnswer> {
  const call = { ...options, headers: { 'mpc-session': crypto.randomUUID() } }
  const { approvalRequired, leftThisHour } = await sign.begin({ keyId, message, dryRun: true }, call)
  return { approvalRequired, leftThisHour }
}

function called({ signal }: Approvable) {
  return signal ? { signal } : {}
}
