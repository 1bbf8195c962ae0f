/** What a browser answers to a question about it. */
export type FactAnswer = 'supported' | 'not-supported' | 'unknown'

/** One thing that a browser can or cannot do, and what that means for whoever tests passkeys in it. */
export interface Fact {
  /** Stable, for the report’s JSON: `capabilities.conditionalGet`. */
  id: string
  title: string
  answer: FactAnswer
  meaning: string
  /** What was found, where there is more to say than yes or no. */
  found?: string
}

export interface FactGroup {
  title: string
  note: string
  facts: readonly Fact[]
}

export const answerWords: Record<FactAnswer, string> = {
  supported: 'Supported',
  'not-supported': 'Not supported',
  unknown: 'Unknown',
}

/** Turns yes, no and no answer into an answer. */
export function answerOf(value: boolean | undefined): FactAnswer {
  return value === undefined ? 'unknown' : value ? 'supported' : 'not-supported'
}
