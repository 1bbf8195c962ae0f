import { createHash, randomUUID } from 'node:crypto'
import { Code, ConnectError, createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import canonicalize from 'canonicalize'
import { ErrorInfoSchema } from '../mpc/proto/google/rpc/error_details_pb.js'
import { KeygenService, KeyService, ReshareService, SignService } from '../mpc/proto/mpc_pb.js'
import {
  aggregate,
  type Committed,
  commit,
  identity,
  type KeyShare,
  keygenOf,
  type PublicPackage,
  publicPackageOf,
  round1,
  round2,
  round3,
  signatureShare,
} from '../mpc/protocol/index.ts'
import type { Issuer } from './issuer.ts'

/** What a call was refused with. */
export interface Refused {
  code: string
  reason: string | undefined
  party?: string | undefined
  retryAfter: string | null
}

/** The refusal that a call ends with; an answer is no refusal. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  try {
    await call
  } catch (error) {
    const refused = ConnectError.from(error)
    const [info] = refused.findDetails(ErrorInfoSchema)
    const retryAfter = refused.metadata.get('retry-after')
    return { code: Code[refused.code], reason: info?.reason, party: info?.metadata.party, retryAfter }
  }
  throw new Error('The call was answered.')
}

/** Calls of one user, in sessions of their own, with the messages in the test's hand. */
export async function mpcUser(
  issuer: Pick<Issuer, 'token'>,
  url: string,
  claims: Record<string, unknown> = {},
  nodeOptions: { rejectUnauthorized?: boolean } = {},
) {
  const authorization = `Bearer ${await issuer.token(claims)}`
  const transport = createGrpcTransport({ baseUrl: url, nodeOptions })
  const keygen = createClient(KeygenService, transport)
  const sign = createClient(SignService, transport)
  const keys = createClient(KeyService, transport)
  const reshare = createClient(ReshareService, transport)
  const headers = (session?: string) => ({ headers: { authorization, ...(session ? { 'mpc-session': session } : {}) } })

  /** The first call of a key generation of 2 of device, server and recovery. */
  async function beginKey({
    policy = { approval: 'never', maxPerHour: 0 },
    session = randomUUID() as string,
    suite = 'ed25519',
  } = {}) {
    const ceremony = keygenOf({ session, suite, threshold: 2, parties: ['device', 'server', 'recovery'] })
    const users = await Promise.all(['device', 'recovery'].map((party) => round1(ceremony, party, identity())))
    const parties = users.map(({ round1 }) => round1)
    const request = { suite, threshold: 2, parties, label: 'Treasury', policy }
    const begun = await keygen.begin(request, headers(session))
    if (!begun.server) throw new Error('The server answered without its first round.')
    const messages = [...parties, begun.server]
    const shared = await Promise.all(users.map((user) => round2(user, messages)))
    const shares = shared.flatMap((one) => one.shares.filter(({ to }) => to === 'server'))
    const transcriptHash = shared[0]?.transcript ?? new Uint8Array()
    return { session, request, begun, shared, finish: { transcriptHash, shares } }
  }

  /** A key, and the device's share of it. */
  async function makeKey(options: Parameters<typeof beginKey>[0] = {}) {
    const { session, shared, finish } = await beginKey(options)
    const answer = await keygen.finish(finish, headers(session))
    const [device, recovery] = shared
    if (!device || !recovery || !answer.key) throw new Error('The server answered without the key.')
    const between = (from: typeof device, to: string) => from.shares.filter((share) => share.to === to)
    const { key, share } = await round3(device, [
      ...between(recovery, 'device'),
      ...answer.shares.filter(({ to }) => to === 'device'),
    ])
    return { id: answer.key.id, key: publicPackageOf(answer.key), same: key, share }
  }

  /** The first call of a signature. */
  async function beginSignature(
    { id, key, share }: { id: string; key: PublicPackage; share: KeyShare },
    message: Uint8Array,
    { approval = '', session = randomUUID() as string, more = {} as Record<string, string> } = {},
  ) {
    const committed = commit(key, share, message)
    const { generation } = key
    const request = { keyId: id, message, commitments: [committed.commitment], approval, generation }
    const begun = await sign.begin(request, { headers: { ...headers(session).headers, ...more } })
    if (!begun.server) throw new Error('The server answered without its commitment.')
    return { session, request, begun, committed, commitments: [committed.commitment, begun.server] }
  }

  type Begun = Awaited<ReturnType<typeof beginSignature>>

  const shareOf = ({ committed, commitments }: { committed: Committed; commitments: Begun['commitments'] }) =>
    signatureShare(committed, commitments)

  /** A whole signature. */
  async function signed(
    of: Parameters<typeof beginSignature>[0],
    message: Uint8Array,
    options: Parameters<typeof beginSignature>[2] = {},
  ): Promise<Uint8Array> {
    const begun = await beginSignature(of, message, options)
    const own = shareOf(begun)
    const { server } = await sign.finish({ shares: [own] }, headers(begun.session))
    if (!server) throw new Error('The server answered without its share.')
    return aggregate(of.key, message, begun.commitments, [own, server])
  }

  return { keygen, sign, keys, reshare, headers, beginKey, makeKey, beginSignature, shareOf, signed }
}

/** What an approval of a change is bound to. */
export function hashOfChange(change: object): string {
  return createHash('sha256')
    .update(String(canonicalize(change)))
    .digest('base64url')
}

/** What an approval of a signature is for. */
export function signing(keyId: string, message: Uint8Array) {
  return { type: 'mpc.sign', keyId, messageHash: createHash('sha256').update(message).digest('base64url') }
}
