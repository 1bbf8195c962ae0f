/** What one look found. */
export interface Finding extends Outcome {
  check: string
}

/** The same, before it is said of what. */
export interface Outcome {
  /** `warning`: it works, but not for ever, or not as it is meant; `skipped`: there is nothing to look at. */
  status: 'ok' | 'warning' | 'failed' | 'skipped'
  /** In a sentence, without anything secret. */
  said: string
  /** What to do about it. */
  remedy?: string
}

export const ok = (said: string): Outcome => ({ status: 'ok', said })
export const skipped = (said: string): Outcome => ({ status: 'skipped', said })
export const warning = (said: string, remedy: string): Outcome => ({ status: 'warning', said, remedy })
export const failed = (said: string, remedy: string): Outcome => ({ status: 'failed', said, remedy })
