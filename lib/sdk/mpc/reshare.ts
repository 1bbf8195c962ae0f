import { identity, type PartyName, partyNames, reshareOf, termsOf } from '#lib/mpc/protocol/index.ts'
import { afresh, inSession } from './afresh.ts'
import { approvalOf } from './approval.ts'
import { approvedChange } from './change.ts'
import type { Context } from './context.ts'
import { kept, misnamed, type NewShares } from './generate.ts'
import type { HeldShare } from './held-share.ts'
import { keyView, packageOf } from './key-view.ts'
import { getKey } from './keys.ts'
import { MpcError } from './mpc-error.ts'
import { dropPending, keepPending, settlePending } from './pending.ts'
import { type RecoveryFile, readRecoveryFile } from './recovery-file.ts'
import type { Approvable } from './settings.ts'
import { demandShare } from './sign.ts'
import { UserParties } from './user-parties.ts'

export interface RefreshWishes extends Approvable {
  /** New ones; by default they stay. */
  threshold?: number
  parties?: readonly PartyName[]
  /** Shares of other user-held parties, where the device's alone are not enough beside the server's. */
  using?: readonly (RecoveryFile | string)[]
}

/**
 * New shares of the same key. An old one, on paper too, signs with the server no more, nor with any new one; but enough old ones
 * together are still the key, so that they are to be destroyed. With other parties or another threshold, for those.
 *
 * @throws MpcError
 */
export async function refresh(context: Context, keyId: string, wishes: RefreshWishes = {}): Promise<NewShares> {
  await settlePending(context, keyId, wishes.signal)
  await demandShare(context, keyId)
  const files = (wishes.using ?? []).map((file) => readRecoveryFile(file, keyId))
  return reshare(context, keyId, wishes, ['device', ...partiesIn(files)], async () => {
    const device = await context.shares.load(context.place(keyId), wishes.signal)
    return [...(device ? [device] : []), ...files]
  })
}

/**
 * A new share for this device, of the server's and the recovery file's. The lost device's share and the file sign with
 * the server no more; the new file takes the old one's place, which is to be destroyed: together with the lost share it is still
 * the key.
 *
 * @throws MpcError recovery_file_invalid
 */
export async function recover(
  context: Context,
  keyId: string,
  recovery: RecoveryFile | string | readonly (RecoveryFile | string)[],
  wishes: Approvable = {},
): Promise<NewShares> {
  const given = Array.isArray(recovery) ? recovery : [recovery as RecoveryFile | string]
  const files = given.map((file) => readRecoveryFile(file, keyId))
  await settlePending(context, keyId, wishes.signal)
  return reshare(context, keyId, wishes, partiesIn(files), async () => files)
}

async function reshare(
  context: Context,
  keyId: string,
  wishes: RefreshWishes,
  contributing: readonly PartyName[],
  shares: () => Promise<HeldShare[]>,
): Promise<NewShares> {
  await context.shares.prepare?.(wishes.signal)
  const now = await getKey(context, keyId, wishes.signal ? { signal: wishes.signal } : {})
  const contributors = partyNames.filter((name) => contributing.includes(name))
  const asked = await approvedChange('Make new shares of your key', {
    threshold: wishes.threshold ?? now.threshold,
    parties: partyNames.filter((name) => (wishes.parties ?? now.parties).includes(name)),
    contributors,
  })
  return afresh(context, async (session) => {
    const approval = await approvalOf(context, { type: 'mpc.reshare', keyId, ...asked }, wishes)
    const held = await shares()
    const [first] = held
    if (!first) throw new MpcError('share_missing', 'There is no share to make new ones of.', { party: 'device' })
    const { key: old, identityKeys } = first
    // As this side knows them: where the server has named others, what was approved is refused.
    const { threshold = old.threshold, parties = old.parties } = wishes
    const ceremony = reshareOf({ session, keyId, old, threshold, parties, contributors })
    const terms = termsOf(
      ceremony,
      held.map(({ share }) => share),
    )
    const entering = ceremony.parties
      .filter((party) => party !== 'server')
      .map((party) => ({
        party,
        identity: held.find(({ share }) => share.party === party)?.identity ?? identity(),
        term: terms.get(party),
      }))
    const server = identityKeys.server
    const users = await UserParties.enter(ceremony, entering, context.onRound, server ? { server } : {})
    const call = inSession(session, wishes.signal)
    const begin = { keyId, generation: old.generation, threshold, parties: users.round1, contributors, approval }
    const begun = await context.reshare.begin(begin, call)
    const exchange = await users.share(begun.server)
    const { transcriptHash, forServer } = exchange
    await keepPending(context, ceremony, exchange)
    const answer = await context.reshare.finish({ transcriptHash, shares: forServer }, call)
    if (answer.key?.id !== keyId) throw misnamed()
    const made = await exchange.finish({ ...answer, keyId, key: packageOf(answer.key) })
    const renewed = await kept(context, keyView(answer.key), made)
    await dropPending(context, keyId)
    return renewed
  })
}

function partiesIn(files: readonly HeldShare[]): PartyName[] {
  return files.map(({ share }) => share.party)
}
