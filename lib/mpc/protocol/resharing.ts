import type { Reshare } from './ceremony.ts'
import { checkKeyShare, type KeyShare } from './key.ts'
import type { Round1 } from './messages.ts'
import { type PartyName, partyNames } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { type Point, type SuiteName, suiteOf } from './suites.ts'

/**
 * Who brings what of the old key.
 *
 * Each contributor's constant term is its old share, weighted so that the terms add up to the key. A user-held party that
 * brings no old share brings a random term, and the terms of contributors that leave have to go somewhere: both are settled
 * among the user-held parties, in one group whose sum is known to everyone.
 */
interface Split {
  /** New parties that bring their own weighted share and nothing else. */
  exact: PartyName[]
  /** New user-held parties that bring a sum together. The first settles it. */
  group: PartyName[]
  /** The contributors whose weighted shares are the group's sum. */
  sources: PartyName[]
}

function splitOf({ parties, contributors }: Reshare): Split {
  const userHeld = parties.filter((party) => party !== 'server')
  const staying = userHeld.filter((party) => contributors.includes(party))
  const newcomers = userHeld.filter((party) => !contributors.includes(party))
  const leaving = contributors.filter((party) => !parties.includes(party))
  if (newcomers.length === 0 && leaving.length === 0) return { exact: ['server', ...staying], group: [], sources: [] }
  const carriers = staying.slice(0, 1)
  const group = [...carriers, ...newcomers]
  return { exact: ['server', ...staying.slice(1)], group, sources: [...carriers, ...leaving] }
}

/**
 * The constant terms that one side brings to a resharing, by new party: the server's of its own old share, or those of every
 * user-held party of the new set of the user-held contributors' old shares.
 *
 * @param shares the old shares of this side's contributors, all of them
 * @throws ProtocolError parties_invalid, generation_mismatch, share_invalid
 */
export function termsOf(ceremony: Reshare, shares: readonly KeyShare[]): Map<PartyName, Uint8Array> {
  const { suite, old, contributors } = ceremony
  const server = shares.length === 1 && shares[0]?.party === 'server'
  const expected = contributors.filter((party) => (party === 'server') === server)
  if (shares.length !== expected.length || !shares.every(({ party }) => expected.includes(party))) {
    throw new ProtocolError('parties_invalid', 'The old shares are not those of the contributors.')
  }
  for (const share of shares) checkKeyShare(old, share)

  const { Fn, randomScalar } = suiteOf(suite).keygen.utils
  const termOf = ({ party, secret }: KeyShare) => Fn.mul(weight(suite, contributors, party), Fn.fromBytes(secret))
  const of = (parties: readonly PartyName[]) => shares.filter(({ party }) => parties.includes(party))
  const { exact, group, sources } = splitOf(ceremony)
  const terms = new Map(of(exact).map((share) => [share.party, termOf(share)]))
  const [settling, ...others] = server ? [] : group
  if (settling) {
    let rest = of(sources).reduce((sum, share) => Fn.add(sum, termOf(share)), Fn.ZERO)
    for (const party of others) {
      const term = Fn.fromBytes(randomScalar())
      terms.set(party, term)
      rest = Fn.sub(rest, term)
    }
    terms.set(settling, rest)
  }
  return new Map([...terms].map(([party, term]) => [party, Fn.toBytes(term)]))
}

/**
 * Checks that the constant terms of a first round are the old key's shares, so that nobody can move the key: each by itself
 * where it is one share, and as a sum where terms were split.
 *
 * @throws ProtocolError commitment_invalid, with the party where a single one is to blame
 */
export function checkTerms(ceremony: Reshare, messages: readonly Round1[]): void {
  const { suite, old, contributors } = ceremony
  const { point } = suiteOf(suite)
  const committed = (party: PartyName) => {
    try {
      return point(messages.find((message) => message.party === party)?.commitment[0] as Uint8Array)
    } catch (cause) {
      throw new ProtocolError('commitment_invalid', undefined, { party, cause })
    }
  }
  const owed = (party: PartyName) =>
    point(old.verifyingShares[party] as Uint8Array).multiplyUnsafe(weight(suite, contributors, party))
  const sum = (points: Point[]) => points.reduce((total, one) => total.add(one))

  const { exact, group, sources } = splitOf(ceremony)
  for (const party of exact) {
    if (committed(party).equals(owed(party))) continue
    throw new ProtocolError('commitment_invalid', `${party} does not bring its old share.`, { party })
  }
  if (group.length === 0 || sum(group.map(committed)).equals(sum(sources.map(owed)))) return
  const detail = `${group.join(' and ')} do not bring the old shares of ${sources.join(' and ')}.`
  throw new ProtocolError('commitment_invalid', detail, group.length === 1 ? { party: group[0] } : {})
}

/**
 * The Lagrange coefficient of a party among those that contribute.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9591#section-4.2
 */
function weight(suite: SuiteName, contributors: readonly PartyName[], party: PartyName): bigint {
  const { Fn } = suiteOf(suite).keygen.utils
  const x = (name: PartyName) => BigInt(partyNames.indexOf(name) + 1)
  return contributors
    .filter((other) => other !== party)
    .reduce((product, other) => Fn.mul(product, Fn.div(x(other), Fn.sub(x(other), x(party)))), Fn.ONE)
}
