import {
  aggregate,
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
  signatureShare,
  termsOf,
} from './index.ts'

// The whole protocol in one process, for tests and measurements: no machine ever holds what stands here together.

/** A key with all that its parties hold. */
export interface WholeKey {
  key: PublicPackage
  shares: Map<PartyName, KeyShare>
  identities: Map<PartyName, Identity>
}

/** A key made by all of its parties. */
export async function newKey(of: { suite: string; threshold: number; parties: readonly string[] }): Promise<WholeKey> {
  const ceremony = keygenOf({ session: crypto.randomUUID(), ...of })
  return ran(ceremony, new Map(), new Map())
}

/** The same key with new shares. */
export async function reshared(
  { key, shares, identities }: WholeKey,
  of: { threshold: number; parties: readonly string[]; contributors: readonly string[] },
): Promise<WholeKey> {
  const ceremony = reshareOf({ session: crypto.randomUUID(), keyId: 'mpk_test', old: key, ...of })
  return ran(ceremony, allTerms(ceremony, shares), identities)
}

/** What both sides bring to a resharing. */
export function allTerms(ceremony: Reshare, shares: Map<PartyName, KeyShare>): Map<PartyName, Uint8Array> {
  const old = ceremony.contributors.map((party) => shares.get(party) as KeyShare)
  const side = (server: boolean) =>
    termsOf(
      ceremony,
      old.filter(({ party }) => (party === 'server') === server),
    )
  return new Map([...side(true), ...side(false)])
}

async function ran(
  ceremony: Ceremony,
  terms: Map<PartyName, Uint8Array>,
  known: Map<PartyName, Identity>,
): Promise<WholeKey> {
  const identities = new Map(ceremony.parties.map((party) => [party, known.get(party) ?? identity()]))
  const begun = await Promise.all(
    ceremony.parties.map((party) => round1(ceremony, party, identities.get(party) as Identity, terms.get(party))),
  )
  const messages = begun.map((one) => one.round1)
  const shared = await Promise.all(begun.map((one) => round2(one, messages)))
  const sealed = shared.flatMap(({ shares }) => shares)
  const finished: Finished[] = await Promise.all(
    shared.map((one) =>
      round3(
        one,
        sealed.filter(({ to }) => to === one.begun.party),
      ),
    ),
  )
  const { key } = finished[0] as Finished
  return { key, shares: new Map(finished.map(({ share }) => [share.party, share])), identities }
}

/** A signature by these parties. */
export function sign({ key, shares }: WholeKey, signers: PartyName[], message: Uint8Array): Uint8Array {
  const committed = signers.map((party) => commit(key, shares.get(party) as KeyShare, message))
  const commitments = committed.map(({ commitment }) => commitment)
  return aggregate(
    key,
    message,
    commitments,
    committed.map((one) => signatureShare(one, commitments)),
  )
}
