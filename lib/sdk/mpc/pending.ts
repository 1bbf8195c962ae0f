import { base64urlnopad } from '@scure/base'
import type { ReshareServiceFinishResponse } from '#lib/mpc/proto/mpc_pb.js'
import { identity, type Reshare, reshareOf, resumed } from '#lib/mpc/protocol/index.ts'
import { inSession } from './afresh.ts'
import type { Context } from './context.ts'
import type { HeldShare, PendingReshare, SealedJson } from './held-share.ts'
import { packageOf } from './key-view.ts'
import { MpcError } from './mpc-error.ts'
import type { SharePlace } from './share-store.ts'
import { Exchange } from './user-parties.ts'

/** How a session answers whose last call was never taken, and never will be. */
const over: ReadonlySet<string> = new Set([
  ...['session_unknown', 'session_lost', 'session_conflict', 'not_found', 'generation_mismatch'],
  ...['share_invalid', 'transcript_mismatch', 'parties_invalid'],
])

/**
 * Keeps what the device needs of a resharing, beside the share that it has, before the server is asked to change its own: whatever
 * becomes of this process, one of the two is good.
 */
export async function keepPending(context: Context, ceremony: Reshare, exchange: Exchange): Promise<void> {
  const device = await exchange.pending('device')
  if (!device) return
  const { session, keyId, old, threshold, parties, contributors } = ceremony
  const pending: PendingReshare = {
    session,
    threshold,
    parties: [...parties],
    contributors: [...contributors],
    device: device.state,
    transcriptHash: base64urlnopad.encode(exchange.transcriptHash),
    forServer: exchange.forServer.map(toJson),
    forDevice: device.shares.map(toJson),
  }
  const share = { party: 'device', generation: old.generation, secret: new Uint8Array() } as const
  await context.shares.save(pendingPlace(context, keyId), {
    ...{ keyId, key: old, share, identityKeys: {}, pending },
    identity: identity(),
  })
}

/** Forgets a resharing that is done. */
export async function dropPending(context: Context, keyId: string): Promise<void> {
  await context.shares.remove(pendingPlace(context, keyId))
}

/**
 * Ends a resharing that was interrupted: the server is asked in the same words again. Where it had changed its share, it gives the
 * same answer, and the device has its new share; where it had not, the old one stays. The recovery file that the user never
 * saw is lost then: a refresh gives another.
 *
 * @throws MpcError where the server cannot be asked now
 */
export async function settlePending(context: Context, keyId: string, signal?: AbortSignal): Promise<void> {
  const place = pendingPlace(context, keyId)
  if (!(await context.shares.has(place))) return
  const held = await context.shares.load(place, signal)
  if (held?.pending) {
    const answer = await answerOf(context, held.pending, signal)
    if (answer) await context.shares.save(context.place(keyId), await completed(held, held.pending, answer))
  }
  await dropPending(context, keyId)
}

async function answerOf(
  context: Context,
  { session, transcriptHash, forServer }: PendingReshare,
  signal?: AbortSignal,
) {
  const request = { transcriptHash: base64urlnopad.decode(transcriptHash), shares: forServer.map(fromJson) }
  try {
    return await context.reshare.finish(request, inSession(session, signal))
  } catch (error) {
    if (error instanceof MpcError && over.has(error.reason)) return undefined
    throw error
  }
}

async function completed(
  { keyId, key: old }: HeldShare,
  { session, threshold, parties, contributors, device, forDevice }: PendingReshare,
  answer: ReshareServiceFinishResponse,
): Promise<HeldShare> {
  const ceremony = reshareOf({ session, keyId, old, threshold, parties, contributors })
  const exchange = Exchange.resumed(await resumed(ceremony, device), forDevice.map(fromJson))
  const made = await exchange.finish({ ...answer, keyId, key: packageOf(answer.key) })
  return made.get('device') as HeldShare
}

function pendingPlace(context: Context, keyId: string): SharePlace {
  return { ...context.place(keyId), keyId: `${keyId} pending` }
}

function toJson(share: { from: string; to: string; encapsulatedKey: Uint8Array; ciphertext: Uint8Array }): SealedJson {
  const { from, to, encapsulatedKey, ciphertext } = share
  return {
    ...{ from, to },
    encapsulatedKey: base64urlnopad.encode(encapsulatedKey),
    ciphertext: base64urlnopad.encode(ciphertext),
  }
}

function fromJson({ from, to, encapsulatedKey, ciphertext }: SealedJson) {
  return {
    ...{ from, to },
    encapsulatedKey: base64urlnopad.decode(encapsulatedKey),
    ciphertext: base64urlnopad.decode(ciphertext),
  }
}
