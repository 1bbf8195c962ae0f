import { base64urlnopad } from '@scure/base'
import { aggregate, commit, signatureShare } from '#lib/mpc/protocol/index.ts'
import { afresh, inSession } from './afresh.ts'
import { approvalOf } from './approval.ts'
import type { Context } from './context.ts'
import type { HeldShare } from './held-share.ts'
import { MpcError } from './mpc-error.ts'
import { settlePending } from './pending.ts'
import { type RecoveryFile, readRecoveryFile } from './recovery-file.ts'
import type { Approvable } from './settings.ts'

export interface SignWishes extends Approvable {
  /** What the user sees when asked. */
  display?: { title: string; lines?: string[] }
  /** Shares of other user-held parties that sign too: where three sign, or in the lost device's place. */
  using?: readonly (RecoveryFile | string)[]
}

export interface Signed {
  /** 64 bytes, as plain Ed25519 or BIP340 verifies them. It has been verified here. */
  signature: Uint8Array
}

/**
 * Signs a message with the server: this device's share, the server's, and those of `using`.
 *
 * @throws MpcError
 */
export async function sign(
  context: Context,
  keyId: string,
  message: Uint8Array | string,
  wishes: SignWishes = {},
): Promise<Signed> {
  const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  const files = (wishes.using ?? []).map((file) => readRecoveryFile(file, keyId))
  await settlePending(context, keyId, wishes.signal)
  if (files.length === 0) await demandShare(context, keyId)
  const { title, lines = [] } = wishes.display ?? {}
  const action = {
    type: 'mpc.sign' as const,
    keyId,
    messageHash: base64urlnopad.encode(new Uint8Array(hash)),
    ...(title === undefined ? {} : { display: { title, lines } }),
  }
  return afresh(context, async (session) => {
    const approval = await approvalOf(context, action, wishes)
    const signers = await signersOf(context, keyId, files, wishes.signal)
    const { key } = signers[0] as HeldShare
    const committed = signers.map(({ share }) => commit(key, share, bytes))
    const call = inSession(session, wishes.signal)
    const begun = await context.sign.begin(
      {
        keyId,
        message: bytes,
        commitments: committed.map(({ commitment }) => commitment),
        approval,
        generation: key.generation,
      },
      call,
    )
    const { party = '', hiding = new Uint8Array(), binding = new Uint8Array() } = begun.server ?? {}
    const commitments = [...committed.map(({ commitment }) => commitment), { party, hiding, binding }]
    const shares = committed.map((one) => signatureShare(one, commitments))
    const { server } = await context.sign.finish({ shares }, call)
    if (!server) throw new MpcError('share_invalid', 'The server answered without its share.', { party: 'server' })
    const all = [...shares, { party: server.party, share: server.share }]
    return { signature: aggregate(key, bytes, commitments, all) }
  })
}

/** @throws MpcError share_missing */
export async function demandShare({ shares, place }: Context, keyId: string): Promise<void> {
  if (await shares.has(place(keyId))) return
  throw new MpcError('share_missing', 'This device holds no share of the key. Its recovery file makes it a new one.', {
    party: 'device',
  })
}

/** As many user-held parties as it takes beside the server. */
async function signersOf(
  { shares, place }: Context,
  keyId: string,
  files: readonly HeldShare[],
  signal: AbortSignal | undefined,
): Promise<HeldShare[]> {
  const needed = (held: readonly HeldShare[]) => (held[0]?.key.threshold ?? 2) - 1
  if (files.length > 0 && files.length >= needed(files)) return files.slice(0, needed(files))
  const device = await shares.load(place(keyId), signal)
  return [...(device ? [device] : []), ...files]
}
