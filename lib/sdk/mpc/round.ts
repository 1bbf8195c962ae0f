/** One message of an operation, as it passes. */
export interface Round {
  /** `approval.begin`, `keygen.finish`, `sign.begin` …: the call; inside this page `keygen.round1` and `keygen.round2`. */
  name: string
  direction: 'sent' | 'received'
  /** Who is at the other end. A party that is held here too never hears of it over a network. */
  party: string
  /** Of the message, without headers. */
  bytes: number
  /** Milliseconds since the question, with what is received. */
  duration?: number
  /** The answer was a refusal, and this is why. */
  reason?: string
}

export type OnRound = (round: Round) => void
