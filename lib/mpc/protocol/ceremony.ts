import { bytesToHex } from '@noble/curves/utils.js'
import type { PublicPackage } from './key.ts'
import { type Parties, partiesOf } from './parties.ts'
import type { PartyName } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { type SuiteName, suiteNameOf } from './suites.ts'

interface Shape extends Parties {
  /** The client's UUID for it. */
  readonly session: string
  readonly suite: SuiteName
}

/** A new key. */
export interface Keygen extends Shape {
  readonly purpose: 'keygen'
}

/** New shares of a key that exists. */
export interface Reshare extends Shape {
  readonly purpose: 'reshare'
  readonly keyId: string
  /** The key as it was. */
  readonly old: PublicPackage
  /** Whose old shares are in the new ones, the server among them. */
  readonly contributors: readonly PartyName[]
}

/** What every message of a ceremony is bound to. */
export type Ceremony = Keygen | Reshare

/** @throws ProtocolError suite_unsupported, parties_invalid */
export function keygenOf(of: {
  session: string
  suite: string
  threshold: number
  parties: readonly string[]
}): Keygen {
  const suite = suiteNameOf(of.suite)
  return { purpose: 'keygen', session: of.session, suite, ...partiesOf(of.threshold, of.parties) }
}

/**
 * New shares of a key. Old ones sign with none of the new; but as many old ones as the old threshold still make the key
 * together, which is the same: they are to be deleted.
 *
 * @param of.contributors all whose old shares are in it; the server is, whether it is named or not
 * @throws ProtocolError parties_invalid
 */
export function reshareOf(of: {
  session: string
  keyId: string
  old: PublicPackage
  threshold: number
  parties: readonly string[]
  contributors: readonly string[]
}): Reshare {
  const { session, keyId, old } = of
  const names = new Set(['server', ...of.contributors])
  const contributors = old.parties.filter((party) => names.has(party))
  if (contributors.length !== names.size) {
    throw new ProtocolError('parties_invalid', 'Only those who hold a share of the key can pass it on.')
  }
  if (contributors.length < old.threshold) {
    throw new ProtocolError(
      'parties_invalid',
      `It takes ${old.threshold} of the key’s parties to make new shares of it, and there are ${contributors.length}.`,
    )
  }
  const parties = partiesOf(of.threshold, of.parties)
  return { purpose: 'reshare', session, keyId, suite: old.suite, old, contributors, ...parties }
}

/** The ceremony as part of what is signed and hashed. */
export function ceremonyHeader(ceremony: Ceremony): Canonical[] {
  const { purpose, session, suite, threshold, parties } = ceremony
  const header = ['mpc.v1', purpose, session, suite, threshold, parties]
  if (purpose === 'keygen') return header
  const { keyId, old, contributors } = ceremony
  return [...header, keyId, old.generation, old.threshold, old.parties, old.commitments, contributors]
}

/** What has one way of being written. */
export type Canonical = string | number | Uint8Array | readonly Canonical[]

/** Bytes that stand for these values alone: their JSON, in which bytes are hexadecimal. */
export function canonical(values: readonly Canonical[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(values.map(plain)))
}

/** Bytes of any kind alike: a Buffer would write itself in another way. */
function plain(value: Canonical): unknown {
  if (value instanceof Uint8Array) return { bytes: bytesToHex(value) }
  return typeof value === 'object' ? value.map(plain) : value
}
