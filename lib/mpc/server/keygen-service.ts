import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { ServiceImpl } from '@connectrpc/connect'
import { KeygenService, KeygenServiceBeginResponseSchema, KeygenServiceFinishResponseSchema } from '../proto/mpc_pb.js'
import { keygenOf } from '../protocol/ceremony.ts'
import { publicKey } from '../protocol/key.ts'
import { checkTranscript } from '../protocol/round1.ts'
import { round1, round2, round3, type Shared } from '../protocol/rounds.ts'
import { callOf } from './call.ts'
import { later } from './clock.ts'
import { labelOf, policyOf } from './keys/fields.ts'
import { type Policy, type StoredKey, viewOf } from './keys/key.ts'
import * as store from './keys/store.ts'
import { refusal } from './refusal.ts'
import { serverIdentity } from './server-identity.ts'
import { begin, finish } from './sessions/sessions.ts'
import { sealShare } from './share.ts'
import { tell, toldOfKey } from './usage/key-changes.ts'

const mostKeys = 1_000

/** What a key generation keeps in memory between its calls. */
interface State {
  shared: Shared
  label: string
  policy: Policy
}

const rounds = {
  begin: { purpose: 'keygen', ...KeygenService.method.begin },
  finish: { purpose: 'keygen', ...KeygenService.method.finish },
} as const

/** Distributed key generation, in which this server is one of the parties. */
export const keygenService: ServiceImpl<typeof KeygenService> = {
  begin: (request, context) =>
    begin(context, rounds.begin, request, async ({ id, expiresAt }) => {
      const label = labelOf(request.label)
      const policy = policyOf(request.policy ?? { approval: '', maxPerHour: 0 })
      const names = ['server', ...request.parties.map(({ party }) => party)]
      const { suite, threshold } = request
      const ceremony = keygenOf({ session: id, suite, threshold, parties: names })
      const begun = await round1(ceremony, 'server', serverIdentity())
      const shared = await round2(begun, [...request.parties, begun.round1])
      const state: State = { shared, label, policy }
      const answer = { server: begun.round1, expiresAt: timestampFromDate(expiresAt) }
      return { answer: create(KeygenServiceBeginResponseSchema, answer), state }
    }),

  finish: (request, context) =>
    finish(context, rounds.finish, request, async ({ shared, label, policy }: State) => {
      const { caller } = callOf(context)
      checkTranscript(shared.transcript, request.transcriptHash)
      const { key, share, identityKeys, transcript } = await round3(shared, request.shares)
      const id = store.newKeyId()
      const stored: StoredKey = {
        tenantId: caller.tenantId,
        environment: caller.environment,
        sub: caller.sub,
        id,
        label,
        key,
        publicKey: publicKey(key),
        identityKeys,
        share: sealShare(caller, id, share),
        policy,
        frozenBy: [],
        signatures: 0,
        createdAt: later(),
        lastSignedAt: null,
      }
      const answer = { key: viewOf(stored), transcriptHash: transcript, shares: [...shared.shares] }
      return {
        answer: create(KeygenServiceFinishResponseSchema, answer),
        async effect(tx) {
          if ((await store.count(caller, tx)) >= mostKeys) {
            throw refusal('policy_limit', `A user may have ${mostKeys} keys. Delete some that are not used.`)
          }
          await store.create(stored, tx)
          await tell('mpc.key.generated', caller, { keyId: id, after: toldOfKey(stored) }, tx)
        },
      }
    }),
}
