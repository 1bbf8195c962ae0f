import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError, createRouterTransport, type HandlerContext, type Transport } from '@connectrpc/connect'
import { ErrorInfoSchema } from '#lib/mpc/proto/google/rpc/error_details_pb.js'
import { type Key, KeygenService, KeySchema, KeyService, ReshareService, SignService } from '#lib/mpc/proto/mpc_pb.js'
import {
  type Begun,
  type Ceremony,
  type Committed,
  checkSignatureShares,
  checkTranscript,
  commit,
  type Finished,
  identity,
  type KeyShare,
  keygenOf,
  ProtocolError,
  type PublicPackage,
  type Reason,
  type Reshare,
  reshareOf,
  round1,
  round2,
  round3,
  signatureShare,
  termsOf,
} from '#lib/mpc/protocol/index.ts'

interface Kept {
  key: PublicPackage
  share: KeyShare
  label: string
  approval: string
}

/** The server's party of the protocol in this process: for tests of the client's side alone, without tokens or storage. */
export function serverParty() {
  const own = identity()
  const keys = new Map<string, Kept>()
  const ceremonies = new Map<
    string,
    { begun: Begun; messages: Begun['round1'][]; of: { label: string; approval: string; keyId?: string } }
  >()
  const signing = new Map<string, { committed: Committed; commitments: Committed['commitment'][] }>()
  const seen: { method: string; session: string | null; token: string | null; approval?: string }[] = []
  /** What goes wrong next, once. */
  const failures: { method: string; reason: Reason; code: Code }[] = []

  function refuse(reason: Reason, code: Code, party?: string): ConnectError {
    const info = { reason, domain: 'test', metadata: party ? { party } : {} }
    return new ConnectError(reason, code, undefined, [{ desc: ErrorInfoSchema, value: info }])
  }

  function enter(method: string, { requestHeader }: HandlerContext, approval?: string): string {
    const session = requestHeader.get('mpc-session')
    seen.push({ method, session, token: requestHeader.get('authorization'), ...(approval ? { approval } : {}) })
    const failing = failures.findIndex((one) => one.method === method)
    if (failing >= 0) {
      const [{ reason, code }] = failures.splice(failing, 1) as [(typeof failures)[number]]
      throw refuse(reason, code)
    }
    return session ?? ''
  }

  async function guarded<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ProtocolError) throw refuse(error.reason, Code.InvalidArgument, error.party)
      throw error
    }
  }

  function keyOf(id: string): Kept {
    const kept = keys.get(id)
    if (!kept) throw refuse('not_found', Code.NotFound)
    return kept
  }

  function message(id: string): Key {
    const { key, label, approval } = keyOf(id)
    return create(KeySchema, {
      id,
      label,
      suite: key.suite,
      threshold: key.threshold,
      parties: [...key.parties],
      commitments: [...key.commitments],
      verifyingShares: { ...key.verifyingShares },
      policy: { approval },
      generation: key.generation,
      environment: 'test',
      createdAt: timestampFromDate(new Date()),
    })
  }

  async function begin(
    session: string,
    ceremony: Ceremony,
    messages: Begun['round1'][],
    of: { label: string; approval: string; keyId?: string },
    term?: Uint8Array,
  ) {
    const begun = await round1(ceremony, 'server', own, term)
    ceremonies.set(session, { begun, messages, of })
    return { server: begun.round1 }
  }

  async function finish(
    session: string,
    request: {
      transcriptHash: Uint8Array
      shares: { from: string; to: string; encapsulatedKey: Uint8Array; ciphertext: Uint8Array }[]
    },
  ) {
    const { begun, messages, of } = ceremonies.get(session) ?? lost()
    const shared = await round2(begun, [...messages, begun.round1])
    checkTranscript(shared.transcript, request.transcriptHash)
    const { key, share }: Finished = await round3(shared, request.shares)
    const id = of.keyId ?? `mpk_${keys.size + 1}`
    keys.set(id, { key, share, label: of.label, approval: of.approval })
    return { key: message(id), transcriptHash: shared.transcript, shares: [...shared.shares] }
  }

  function lost(): never {
    throw refuse('session_lost', Code.Aborted)
  }

  const transport: Transport = createRouterTransport(({ service }) => {
    service(KeygenService, {
      begin: (request, context) => {
        const session = enter('keygen.begin', context)
        return guarded(async () => {
          const { suite, threshold, parties, label, policy } = request
          const names = [...parties.map(({ party }) => party), 'server']
          const of = { label, approval: policy?.approval ?? '' }
          return begin(session, keygenOf({ session, suite, threshold, parties: names }), parties, of)
        })
      },
      finish: (request, context) => {
        const session = enter('keygen.finish', context)
        return guarded(() => finish(session, request))
      },
    })
    service(ReshareService, {
      begin: (request, context) => {
        const session = enter('reshare.begin', context, request.approval)
        return guarded(async () => {
          const { keyId, threshold, parties, contributors } = request
          const { key, share, label, approval } = keyOf(keyId)
          if (request.generation !== key.generation) throw refuse('generation_mismatch', Code.InvalidArgument)
          const names = [...parties.map(({ party }) => party), 'server']
          const ceremony: Reshare = reshareOf({ session, keyId, old: key, threshold, parties: names, contributors })
          const term = termsOf(ceremony, [share]).get('server')
          return begin(session, ceremony, parties, { label, approval, keyId }, term)
        })
      },
      finish: (request, context) => {
        const session = enter('reshare.finish', context)
        return guarded(() => finish(session, request))
      },
    })
    service(SignService, {
      begin: (request, context) => {
        const session = enter('sign.begin', context, request.approval)
        return guarded(async () => {
          const { key, share, approval } = keyOf(request.keyId)
          if (request.dryRun) return { approvalRequired: approval === 'always', leftThisHour: 3 }
          if (approval === 'always' && !request.approval) throw refuse('approval_required', Code.PermissionDenied)
          if (request.generation !== key.generation) throw refuse('generation_mismatch', Code.InvalidArgument)
          const committed = commit(key, share, request.message)
          signing.set(session, { committed, commitments: [...request.commitments, committed.commitment] })
          return { server: committed.commitment }
        })
      },
      finish: (request, context) => {
        const session = enter('sign.finish', context)
        return guarded(async () => {
          const { committed, commitments } = signing.get(session) ?? lost()
          checkSignatureShares(committed.key, committed.message, commitments, request.shares)
          return { server: signatureShare(committed, commitments) }
        })
      },
    })
    service(KeyService, {
      list: () => ({ keys: [...keys.keys()].map(message) }),
      get: ({ keyId }) => ({ key: message(keyId) }),
    })
  })
  return { transport, seen, failures, keys }
}
