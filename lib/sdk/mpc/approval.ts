import type { Action } from '#lib/contract/action.ts'
import type { ApproveBegin, AuthenticateFinish } from '#lib/contract/passkeys.ts'
import { withoutPrfResults } from '../credentials/extension-bytes.ts'
import type { Context } from './context.ts'
import type { Approvable } from './settings.ts'

/**
 * The user's approval of one action, by a passkey whose challenge commits to it; empty where none is asked for.
 *
 * Where a passkey opens this device's share, the same assertion does both.
 *
 * @throws ApiError where the auth server refuses
 */
export async function approvalOf(
  { server, shares, username, onRound }: Context,
  action: Action,
  { approve, signal }: Approvable,
): Promise<string> {
  if (!approve) return ''
  const extensions = approve === 'passkey' ? shares.assertion?.extensions : undefined
  const body = {
    ...(username ? { username } : {}),
    action,
    ...(extensions ? { options: { extensions } } : {}),
  } as ApproveBegin
  const told = async <Answer>(name: string, sent: unknown, call: () => Promise<Answer>): Promise<Answer> => {
    const began = performance.now()
    onRound({ name, direction: 'sent', party: 'auth server', bytes: sizeOf(sent) })
    const answer = await call()
    const duration = performance.now() - began
    onRound({ name, direction: 'received', party: 'auth server', bytes: sizeOf(answer), duration })
    return answer
  }
  const begun = await told('approval.begin', body, () => server.approve.begin(body, { signal }))
  const credential = await asked(begun.publicKey)
  const finish: AuthenticateFinish = { ceremonyId: begun.ceremonyId, credential: withoutPrfResults(credential) }
  const { approval } = await told('approval.finish', finish, () => server.approve.finish(finish, { signal }))
  return approval

  async function asked(publicKey: typeof begun.publicKey) {
    if (typeof approve === 'function') return approve(publicKey, signal)
    const { get } = await import('../passkey-ceremonies.ts')
    const credential = await get(publicKey, signal)
    await shares.assertion?.take(credential)
    return credential
  }
}

function sizeOf(json: unknown): number {
  return new TextEncoder().encode(JSON.stringify(json)).length
}
