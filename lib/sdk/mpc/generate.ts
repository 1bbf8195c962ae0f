import { identity, keygenOf, type PartyName } from '#lib/mpc/protocol/index.ts'
import { afresh, inSession } from './afresh.ts'
import type { Context } from './context.ts'
import type { HeldShare } from './held-share.ts'
import { type KeyPolicy, keyView, type MpcKey, packageOf, policyMessage } from './key-view.ts'
import { MpcError } from './mpc-error.ts'
import { type RecoveryFile, recoveryFileOf } from './recovery-file.ts'
import { UserParties } from './user-parties.ts'

export interface KeyWishes {
  suite?: 'ed25519' | 'schnorr-secp256k1'
  /** For people. */
  label?: string
  /** How many of the parties sign; 2 by default. */
  threshold?: number
  /** Who holds a share; by default device, server and recovery. */
  parties?: readonly PartyName[]
  policy?: Partial<KeyPolicy>
  signal?: AbortSignal
}

/** A key with the shares that this device does not keep: they are here, and nowhere else, for the user to put away. */
export interface NewShares extends MpcKey {
  recovery: RecoveryFile | undefined
  /** Of each user-held party but the device, recovery's among them. */
  files: RecoveryFile[]
}

/**
 * Makes a key of which nobody ever has the whole: each party makes its share, and the server's never leaves it.
 *
 * @throws MpcError
 */
export async function generate(context: Context, wishes: KeyWishes = {}): Promise<NewShares> {
  const { suite = 'ed25519', label = '', threshold = 2, signal } = wishes
  const { parties: names = threshold === 2 ? ['device', 'server', 'recovery'] : undefined } = wishes
  await context.shares.prepare?.(signal)
  return afresh(context, async (session) => {
    const ceremony = keygenOf({ session, suite, threshold, parties: names ?? allParties })
    const entering = ceremony.parties
      .filter((party) => party !== 'server')
      .map((party) => ({ party, identity: identity() }))
    const users = await UserParties.enter(ceremony, entering, context.onRound)
    const call = inSession(session, signal)
    const begin = { suite, threshold, label, parties: users.round1, policy: policyMessage(wishes.policy) }
    const { server } = await context.keygen.begin(begin, call)
    const exchange = await users.share(server)
    const { transcriptHash, forServer } = exchange
    const answer = await context.keygen.finish({ transcriptHash, shares: forServer }, call)
    if (answer.key && (await context.shares.has(context.place(answer.key.id)))) throw misnamed()
    const held = await exchange.finish({ ...answer, keyId: answer.key?.id ?? '', key: packageOf(answer.key) })
    return kept(context, keyView(answer.key), held)
  })
}

/** What a server is refused with that gives a key the id of another: its share would take the place of that one's. */
export function misnamed(): MpcError {
  return new MpcError('transcript_mismatch', 'The server gave the key the id of another one.', { party: 'server' })
}

const allParties: readonly PartyName[] = ['device', 'server', 'recovery', 'hardware', 'partner']

/** Keeps the device's share here, and hands out the others'. */
export async function kept(context: Context, key: MpcKey, held: Map<PartyName, HeldShare>): Promise<NewShares> {
  const device = held.get('device')
  if (device) await context.shares.save(context.place(key.id), device)
  const files = [...held.values()]
    .filter(({ share }) => share.party !== 'device')
    .map((share) => recoveryFileOf(share, key))
  return { ...key, recovery: files.find(({ party }) => party === 'recovery'), files }
}
