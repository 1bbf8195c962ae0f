import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { ServiceImpl } from '@connectrpc/connect'
import {
  ReshareService,
  ReshareServiceBeginResponseSchema,
  ReshareServiceFinishResponseSchema,
} from '../proto/mpc_pb.js'
import { reshareOf } from '../protocol/ceremony.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { termsOf } from '../protocol/resharing.ts'
import { checkTranscript } from '../protocol/round1.ts'
import { round1, round2, round3, type Shared } from '../protocol/rounds.ts'
import { approvalOf, hashOfChange } from './approvals/approval.ts'
import { callOf } from './call.ts'
import { type StoredKey, viewOf } from './keys/key.ts'
import { ownKey, refuseFrozen } from './keys/policy.ts'
import * as store from './keys/store.ts'
import { serverIdentity } from './server-identity.ts'
import { begin, finish } from './sessions/sessions.ts'
import { sealShare, shareOf } from './share.ts'
import { tell, toldOfKey } from './usage/key-changes.ts'

/** What a resharing keeps in memory between its calls. */
interface State {
  stored: StoredKey
  shared: Shared
}

const rounds = {
  begin: { purpose: 'reshare', ...ReshareService.method.begin },
  finish: { purpose: 'reshare', ...ReshareService.method.finish },
} as const

/** New shares of the same key, for which the user is always asked. */
export const reshareService: ServiceImpl<typeof ReshareService> = {
  begin: (request, context) =>
    begin(context, rounds.begin, request, async ({ id, expiresAt }) => {
      const { caller } = callOf(context)
      const { keyId, generation, threshold, contributors, parties } = request
      const stored = await ownKey(caller, keyId)
      if (generation !== stored.key.generation) throw reshared()
      refuseFrozen(stored)
      const names = ['server', ...parties.map(({ party }) => party)]
      const ceremony = reshareOf({ session: id, keyId, old: stored.key, threshold, parties: names, contributors })
      const messageHash = hashOfChange({
        parties: ceremony.parties,
        threshold,
        contributors: ceremony.contributors.filter((party) => party !== 'server'),
      })
      const approval = await approvalOf(request.approval, caller, { type: 'mpc.reshare', keyId, messageHash })
      const term = termsOf(ceremony, [shareOf(stored)]).get('server')
      const begun = await round1(ceremony, 'server', serverIdentity(), term)
      // Who brings an old share is who held it; a new device has an identity of its own.
      const pinned = Object.fromEntries(
        Object.entries(stored.identityKeys).filter(([party]) => contributors.includes(party)),
      )
      const shared = await round2(begun, [...parties, begun.round1], pinned)
      const state: State = { stored, shared }
      const answer = { server: begun.round1, expiresAt: timestampFromDate(expiresAt) }
      return {
        answer: create(ReshareServiceBeginResponseSchema, answer),
        state,
        effect: (tx) => approval.use(tx),
      }
    }),

  finish: (request, context) =>
    finish(context, rounds.finish, request, async ({ stored, shared }: State) => {
      const { caller } = callOf(context)
      checkTranscript(shared.transcript, request.transcriptHash)
      const { key, share, identityKeys, transcript } = await round3(shared, request.shares)
      // As it is now: what is not of the shares may have been changed in the meantime.
      const now = await ownKey(caller, stored.id)
      const renewed: StoredKey = { ...now, key, identityKeys, share: sealShare(caller, stored.id, share) }
      const answer = { key: viewOf(renewed), transcriptHash: transcript, shares: [...shared.shares] }
      return {
        answer: create(ReshareServiceFinishResponseSchema, answer),
        // The old shares sign no more: whoever did not get this answer has lost theirs without it.
        keptWith: stored.id,
        async effect(tx) {
          const before = await ownKey(caller, stored.id, tx)
          refuseFrozen(before)
          if (!(await store.replace(renewed, stored.key.generation, tx))) throw reshared()
          const change = { keyId: stored.id, before: toldOfKey(before), after: toldOfKey({ ...before, key }) }
          await tell('mpc.key.reshared', caller, change, tx)
        },
      }
    }),
}

function reshared(): ProtocolError {
  return new ProtocolError('generation_mismatch', 'The key is of another generation: it was reshared in the meantime.')
}
