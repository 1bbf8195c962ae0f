// The whole protocol in one process, for tests and measurements: no machine ever holds what stands here together.

import {
  aggregate,
  type Begun,
  type Ceremony,
  commit,
  type Finished,
  type Identity,
  identity,
  type KeyShare,
  keygenOf,
  type PartyName,
  type PublicPackage,
  type Reshare,
  reshareOf,
  round1,
  round2,
  round3,
  type Shared,
  signatureShare,
  termsOf,
} from './index.ts'

/** A key with all that its parties hold. */
export interface WholeKey {
  key: PublicPackage
  shares: Map<PartyName, KeyShare>
  identities: Map<PartyName, Identity>
}

/** A key made by all of its parties. */
export async function newKey(of: { suite: string; threshold: number; parties: readonly string[] }): Promise<WholeKey> {
  return made(await begunBy(keygenOf({ session: crypto.randomUUID(), ...of })))
}

/** The same key with new shares. */
export async function reshared(
  { key, shares, identities }: WholeKey,
  of: { threshold: number; parties: readonly string[]; contributors: readonly string[] },
): Promise<WholeKey> {
  const ceremony = reshareOf({ session: crypto.randomUUID(), keyId: 'mpk_0', old: key, ...of })
  return made(await begunBy(ceremony, allTerms(ceremony, shares), identities))
}

/** A signature by these parties. */
export function sign({ key, shares }: WholeKey, signers: readonly PartyName[], message: Uint8Array): Uint8Array {
  const committed = signers.map((party) => commit(key, shares.get(party) as KeyShare, message))
  const commitments = committed.map(({ commitment }) => commitment)
  const signed = committed.map((one) => signatureShare(one, commitments))
  return aggregate(key, message, commitments, signed)
}

/** What both sides bring to a resharing. */
export function allTerms(ceremony: Reshare, shares: Map<PartyName, KeyShare>): Map<PartyName, Uint8Array> {
  const old = ceremony.contributors.map((party) => shares.get(party) as KeyShare)
  const server = old.filter(({ party }) => party === 'server')
  const userHeld = old.filter(({ party }) => party !== 'server')
  return new Map([...termsOf(ceremony, server), ...termsOf(ceremony, userHeld)])
}

/** Every party after its first round. */
export function begunBy(
  ceremony: Ceremony,
  terms: ReadonlyMap<PartyName, Uint8Array> = new Map(),
  identities: ReadonlyMap<PartyName, Identity> = new Map(),
): Promise<Begun[]> {
  return Promise.all(
    ceremony.parties.map((party) => round1(ceremony, party, identities.get(party) ?? identity(), terms.get(party))),
  )
}

/** Every party after its second round, where each saw the same first one. */
export function sharedBy(begun: readonly Begun[]): Promise<Shared[]> {
  const messages = begun.map((one) => one.round1)
  return Promise.all(begun.map((one) => round2(one, messages)))
}

/** Every party after its third round. */
export function finishedBy(shared: readonly Shared[]): Promise<Finished[]> {
  const sealed = shared.flatMap(({ shares }) => shares)
  return Promise.all(
    shared.map((one) =>
      round3(
        one,
        sealed.filter(({ to }) => to === one.begun.party),
      ),
    ),
  )
}

async function made(begun: readonly Begun[]): Promise<WholeKey> {
  const finished = await finishedBy(await sharedBy(begun))
  const { key } = finished[0] as Finished
  return {
    key,
    shares: new Map(finished.map(({ share }) => [share.party, share])),
    identities: new Map(begun.map(({ party, identity }) => [party, identity])),
  }
}
