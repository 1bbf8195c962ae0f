import { type PartyName, partyNames } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'

/** Who holds a share of a key, in the order of `partyNames`, and how many of them it takes. */
export interface Parties {
  readonly threshold: number
  readonly parties: readonly PartyName[]
}

/**
 * Parties and a threshold, from 2-of-2 to 3-of-5, with the server among them. Their order does not matter.
 *
 * @throws ProtocolError parties_invalid
 */
export function partiesOf(threshold: number, names: readonly string[]): Parties {
  const parties = partyNames.filter((name) => names.includes(name))
  const refuse = (why: string) => new ProtocolError('parties_invalid', why)
  if (parties.length !== names.length) throw refuse(`Each of the parties is one of ${partyNames.join(', ')}, once.`)
  if (parties.length < 2) throw refuse('A key is shared between two parties at least.')
  if (!parties.includes('server')) throw refuse('The server is one of the parties.')
  if (threshold !== 2 && threshold !== 3) throw refuse('The threshold is 2 or 3.')
  if (threshold > parties.length) throw refuse(`${threshold} of ${parties.length} parties cannot be.`)
  return { threshold, parties }
}

/**
 * A name as one of these parties'.
 *
 * @throws ProtocolError parties_invalid
 */
export function partyOf(name: string, parties: readonly PartyName[]): PartyName {
  const party = parties.find((one) => one === name)
  if (!party) throw new ProtocolError('parties_invalid', `${JSON.stringify(name.slice(0, 32))} is none of the parties.`)
  return party
}

/** Every set of parties that reaches the threshold: who can sign with whom. The smallest sets come first. */
export function whoCanSign({ threshold, parties }: Parties): PartyName[][] {
  const sets: PartyName[][] = [[]]
  for (const party of parties) sets.push(...sets.map((set) => [...set, party]))
  return sets.filter(({ length }) => length >= threshold).sort((a, b) => a.length - b.length)
}
