import { createHash } from 'node:crypto'
import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { ServiceImpl } from '@connectrpc/connect'
import {
  SignService,
  type SignServiceBeginRequest,
  SignServiceBeginResponseSchema,
  SignServiceFinishResponseSchema,
} from '../proto/mpc_pb.js'
import type { Commitment } from '../protocol/messages.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { type Committed, checkSignatureShares, checkSigners, commit, signatureShare } from '../protocol/signing.ts'
import { approvalOf } from './approvals/approval.ts'
import { callOf } from './call.ts'
import type { StoredKey } from './keys/key.ts'
import { type Limit, leftThisHour, limited, ownKey, refuseFrozen } from './keys/policy.ts'
import * as store from './keys/store.ts'
import { refusal } from './refusal.ts'
import { begin, finish } from './sessions/sessions.ts'
import { shareOf } from './share.ts'
import type { Caller } from './tokens/caller.ts'

/** What a signature keeps in memory between its calls. */
interface State {
  stored: StoredKey
  committed: Committed
  /** Of all signers. */
  commitments: Commitment[]
  /** Whether the user approved it. */
  isApproved: boolean
}

const rounds = {
  begin: { purpose: 'sign', ...SignService.method.begin },
  finish: { purpose: 'sign', ...SignService.method.finish },
} as const

/** Signatures, of which this server gives its share. It stores that it signed, and not what. */
export const signService: ServiceImpl<typeof SignService> = {
  async begin(request, context) {
    const { caller } = callOf(context)
    if (request.dryRun) return foretold(await ownKey(caller, request.keyId))
    return begin(context, rounds.begin, request, async ({ expiresAt }) => {
      const stored = await ownKey(caller, request.keyId)
      const { key } = stored
      if (request.generation !== key.generation) {
        const detail = `The key is of generation ${key.generation}, and the call of ${request.generation}.`
        throw new ProtocolError('generation_mismatch', detail)
      }
      await permitted(stored)
      const approval = stored.policy.approval === 'always' ? await approved(request, caller) : undefined
      const committed = commit(key, shareOf(stored), request.message)
      const commitments = [...request.commitments, committed.commitment]
      checkSigners(key, commitments)
      const state: State = { stored, committed, commitments, isApproved: approval !== undefined }
      const answer = {
        server: committed.commitment,
        expiresAt: timestampFromDate(expiresAt),
        approvalRequired: approval !== undefined,
      }
      return {
        answer: create(SignServiceBeginResponseSchema, answer),
        state,
        effect: async (tx) => approval?.use(tx),
      }
    })
  },

  finish: (request, context) =>
    finish(context, rounds.finish, request, async ({ stored, committed, commitments, isApproved }: State) => {
      const { caller } = callOf(context)
      const { key } = stored
      await permittedNow()
      const expected = commitments.map(({ party }) => party).filter((party) => party !== 'server')
      const given = request.shares.map(({ party }) => party)
      if (given.length !== expected.length || !expected.every((party) => given.includes(party))) {
        throw new ProtocolError('parties_invalid', `Send one share each of ${expected.join(' and ')}.`)
      }
      checkSignatureShares(key, committed.message, commitments, request.shares)
      const server = signatureShare(committed, commitments)
      return {
        answer: create(SignServiceFinishResponseSchema, { server }),
        async effect(tx) {
          await permittedNow(tx)
          if (await store.sign(caller, stored.id, key.generation, tx)) return
          throw new ProtocolError('generation_mismatch', 'The key was reshared in the meantime. Begin afresh.')
        },
      }

      /** By the key as it is now, whatever anybody did to it in the meantime. */
      async function permittedNow(tx?: store.Transaction): Promise<void> {
        const now = await ownKey(caller, stored.id, tx)
        await permitted(now, tx)
        if (isApproved || now.policy.approval === 'never') return
        throw refusal('approval_required', 'The key’s policy asks for an approval since. Begin afresh, with one.', {
          metadata: { action: 'mpc.sign' },
        })
      }
    }),
}

/** What the policy of a key would answer to a signature. */
async function foretold(stored: StoredKey) {
  const limit = await permitted(stored)
  return create(SignServiceBeginResponseSchema, {
    approvalRequired: stored.policy.approval === 'always',
    ...(limit ? { leftThisHour: limit.left } : {}),
  })
}

/**
 * What a key may still sign within this hour; undefined where nothing limits that.
 *
 * @throws ConnectError PERMISSION_DENIED where it is frozen, RESOURCE_EXHAUSTED where it has signed enough
 */
async function permitted(stored: StoredKey, tx?: store.Transaction): Promise<Limit | undefined> {
  refuseFrozen(stored)
  const limit = await leftThisHour(stored, tx)
  if (limit?.left === 0) throw limited(limit)
  return limit
}

function approved({ approval, keyId, message }: SignServiceBeginRequest, caller: Caller) {
  const messageHash = createHash('sha256').update(message).digest('base64url')
  return approvalOf(approval, caller, { type: 'mpc.sign', keyId, messageHash })
}
