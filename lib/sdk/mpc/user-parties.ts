import type { Round1 as Round1Message, SealedShare as SealedShareMessage } from '#lib/mpc/proto/mpc_pb.js'
import {
  type Begun,
  type Ceremony,
  checkTranscript,
  type Finished,
  type Identity,
  type PartyName,
  type PendingParty,
  type PublicPackage,
  pendingOf,
  type Round1,
  round1,
  round2,
  round3,
  type SealedShare,
  type Shared,
  samePublicPackage,
} from '#lib/mpc/protocol/index.ts'
import type { HeldShare } from './held-share.ts'
import { MpcError } from './mpc-error.ts'
import type { OnRound } from './round.ts'

/** One user-held party before its first round. */
export interface Entering {
  party: PartyName
  identity: Identity
  /** Its constant term, in a resharing. */
  term?: Uint8Array | undefined
}

/** All user-held parties of a ceremony, run side by side in here; the server is the one that is elsewhere. */
export class UserParties {
  readonly #ceremony: Ceremony
  readonly #begun: Begun[]
  readonly #pinned: Readonly<Partial<Record<PartyName, Uint8Array>>>
  readonly #entering: readonly Entering[]
  readonly #onRound: OnRound

  private constructor(
    ceremony: Ceremony,
    begun: Begun[],
    of: { entering: readonly Entering[]; pinned: Partial<Record<PartyName, Uint8Array>>; onRound: OnRound },
  ) {
    this.#ceremony = ceremony
    this.#begun = begun
    this.#entering = of.entering
    this.#pinned = of.pinned
    this.#onRound = of.onRound
  }

  static async enter(
    ceremony: Ceremony,
    entering: readonly Entering[],
    onRound: OnRound,
    pinned: Partial<Record<PartyName, Uint8Array>> = {},
  ): Promise<UserParties> {
    const begun = await Promise.all(
      entering.map(({ party, identity, term }) => round1(ceremony, party, identity, term)),
    )
    return new UserParties(ceremony, begun, { entering, pinned, onRound })
  }

  /** The first round of each. */
  get round1(): Round1[] {
    return this.#begun.map((one) => one.round1)
  }

  /** The second round of each, once the server's first is known. */
  async share(server: Round1Message | undefined): Promise<Exchange> {
    if (!server) throw new MpcError('commitment_invalid', 'The server said nothing in the first round.')
    const messages = [...this.round1, plainRound1(server)]
    this.#inside(
      'round1',
      this.#begun.map((one) => [one.party, sizeOfRound1(one.round1)]),
    )
    const shared = await Promise.all(this.#begun.map((one) => round2(one, messages, this.#pinned)))
    return new Exchange(shared, (pieces) => this.#inside('round2', pieces))
  }

  /** What passes between parties that are both in here. */
  #inside(name: string, sizes: [party: string, bytes: number][]): void {
    for (const [party, bytes] of sizes)
      if (party !== 'device')
        this.#onRound({ name: `${this.#ceremony.purpose}.${name}`, direction: 'received', party, bytes })
  }
}

/** The second round, on its way. */
export class Exchange {
  readonly #shared: Shared[]
  /** From parties that are in here no more. */
  readonly #earlier: readonly SealedShare[]
  readonly #told: (pieces: [party: string, bytes: number][]) => void

  constructor(
    shared: Shared[],
    told: (pieces: [party: string, bytes: number][]) => void,
    earlier: readonly SealedShare[] = [],
  ) {
    this.#shared = shared
    this.#told = told
    this.#earlier = earlier
  }

  /** One party’s, which was interrupted: `shares` are those for it from the other parties of this side. */
  static resumed(shared: Shared, shares: readonly SealedShare[]): Exchange {
    return new Exchange([shared], () => {}, shares)
  }

  /** What one party needs to go on elsewhere; undefined where it is none of these. */
  async pending(name: PartyName): Promise<{ state: PendingParty; shares: SealedShare[] } | undefined> {
    const mine = this.#shared.find(({ begun }) => begun.party === name)
    if (!mine) return undefined
    const shares = this.#shared.flatMap(({ shares }) => shares.filter(({ to }) => to === name))
    return { state: await pendingOf(mine), shares }
  }

  /** As all of them saw the first round. */
  get transcriptHash(): Uint8Array {
    return (this.#shared[0] as Shared).transcript
  }

  get forServer(): SealedShare[] {
    return this.#shared.flatMap(({ shares }) => shares.filter(({ to }) => to === 'server'))
  }

  /**
   * What each of them holds in the end, if the server came to the same key.
   *
   * @throws ProtocolError, MpcError transcript_mismatch
   */
  async finish(answer: {
    keyId: string
    key: PublicPackage
    transcriptHash: Uint8Array
    shares: readonly SealedShareMessage[]
  }): Promise<Map<PartyName, HeldShare>> {
    checkTranscript(this.transcriptHash, answer.transcriptHash)
    const own = this.#shared.flatMap(({ shares }) => shares)
    const all = [...this.#earlier, ...own, ...answer.shares.map(plainShare)]
    const held = await Promise.all(
      this.#shared.map(async (shared): Promise<[PartyName, HeldShare]> => {
        const { party } = shared.begun
        const mine = all.filter(({ to }) => to === party)
        const finished = await round3(shared, mine)
        this.#told([
          [
            party,
            mine.reduce((sum, { ciphertext, encapsulatedKey }) => sum + ciphertext.length + encapsulatedKey.length, 0),
          ],
        ])
        return [party, this.#held(shared.begun.identity, finished, answer)]
      }),
    )
    return new Map(held)
  }

  #held(
    identity: Identity,
    { key, share, identityKeys }: Finished,
    answer: { keyId: string; key: PublicPackage },
  ): HeldShare {
    if (!samePublicPackage(key, answer.key))
      throw new MpcError('transcript_mismatch', 'The server came to another key than this side.', { party: 'server' })
    return { keyId: answer.keyId, key, share, identity, identityKeys }
  }
}

function plainRound1({
  party,
  commitment,
  proofOfKnowledge,
  encryptionKey,
  identityKey,
  signature,
}: Round1Message): Round1 {
  return { party, commitment, proofOfKnowledge, encryptionKey, identityKey, signature }
}

function plainShare({ from, to, encapsulatedKey, ciphertext }: SealedShareMessage): SealedShare {
  return { from, to, encapsulatedKey, ciphertext }
}

function sizeOfRound1({ commitment, proofOfKnowledge, encryptionKey, identityKey, signature }: Round1): number {
  const parts = [...commitment, proofOfKnowledge, encryptionKey, identityKey, signature]
  return parts.reduce((sum, { length }) => sum + length, 0)
}
