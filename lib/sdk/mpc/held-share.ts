import { base64urlnopad } from '@scure/base'
import {
  type Identity,
  identity,
  type KeyShare,
  type PartyName,
  type PendingParty,
  type PublicPackage,
  publicPackageOf,
} from '#lib/mpc/protocol/index.ts'

/** Everything that one user-held party needs to go on: its secrets, and what it must not have to ask the server for. */
export interface HeldShare {
  keyId: string
  key: PublicPackage
  share: KeyShare
  identity: Identity
  /** Who the parties were when the share was made. */
  identityKeys: Readonly<Partial<Record<PartyName, Uint8Array>>>
  /** Of a resharing that has not ended; the record has no share of its own then. */
  pending?: PendingReshare
}

export type SealedJson = Record<'from' | 'to' | 'encapsulatedKey' | 'ciphertext', string>

/** A resharing whose last call may have been answered, as JSON: what the device needs to come to its new share. It is secret. */
export interface PendingReshare {
  session: string
  threshold: number
  parties: PartyName[]
  contributors: PartyName[]
  device: PendingParty
  transcriptHash: string
  /** Of the last call. */
  forServer: SealedJson[]
  /** From the other parties of this side. */
  forDevice: SealedJson[]
}

/** A held share as JSON. It is secret. */
export interface HeldShareJson {
  keyId: string
  party: string
  generation: number
  suite: string
  threshold: number
  parties: string[]
  commitments: string[]
  verifyingShares: Record<string, string>
  identityKeys: Record<string, string>
  share: string
  identity: string
  pending?: PendingReshare
}

export function heldShareToJson({ keyId, key, share, identity, identityKeys, pending }: HeldShare): HeldShareJson {
  return {
    keyId,
    party: share.party,
    generation: share.generation,
    suite: key.suite,
    threshold: key.threshold,
    parties: [...key.parties],
    commitments: key.commitments.map((point) => base64urlnopad.encode(point)),
    verifyingShares: mapped(key.verifyingShares, (point) => base64urlnopad.encode(point)),
    identityKeys: mapped(identityKeys, (bytes) => base64urlnopad.encode(bytes)),
    share: base64urlnopad.encode(share.secret),
    identity: base64urlnopad.encode(identity.secretKey),
    ...(pending ? { pending } : {}),
  }
}

/** @throws Error for what is no held share */
export function heldShareFromJson(json: HeldShareJson): HeldShare {
  const { keyId, suite, threshold, parties, generation, pending } = json
  const commitments = json.commitments.map((text) => base64urlnopad.decode(text))
  const verifyingShares = mapped(json.verifyingShares, (text) => base64urlnopad.decode(text))
  const key = publicPackageOf({ suite, threshold, parties, commitments, verifyingShares, generation })
  const party = key.parties.find((name) => name === json.party)
  if (!party || party === 'server') throw new Error(`${json.party} is no party that holds a share here.`)
  return {
    keyId,
    key,
    share: { party, generation, secret: base64urlnopad.decode(json.share) },
    identity: identity(base64urlnopad.decode(json.identity)),
    identityKeys: mapped(json.identityKeys, (text) => base64urlnopad.decode(text)),
    ...(pending ? { pending } : {}),
  }
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
