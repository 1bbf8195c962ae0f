/** What was asked with one key of one operation, as the client saw it. */
export interface Tally {
  keyId: string
  operation: string
  asked: number
  /** The head of an answer of the operation's was read: by then it is counted. */
  answered: number
}

/** What clients of a server that dies again and again were promised, to be compared with what is there. */
export class Journal {
  readonly tallies = new Map<string, Tally>()
  /** What must not be, in words. */
  readonly wrong: string[] = []
  /** Ids of what a 2xx named, by the table that has them. */
  readonly #kept: Record<Kept, Set<string>> = {
    user: new Set(),
    passkey: new Set(),
    apiKey: new Set(),
    topUp: new Set(),
    revoked: new Set(),
  }
  /** Those since `news` was called last. */
  #news: Record<Kept, string[]> = empty()
  /** How often each kind of act was done to its end. */
  readonly done = new Map<string, number>()

  /** The tally of an operation with a key. */
  tally(keyId: string, operation: string): Tally {
    const name = `${keyId} ${operation}`
    const known = this.tallies.get(name) ?? { keyId, operation, asked: 0, answered: 0 }
    this.tallies.set(name, known)
    return known
  }

  /** Notes that a 2xx said that something is there. */
  keep(of: Kept, id: string): void {
    if (this.#kept[of].has(id)) return
    this.#kept[of].add(id)
    this.#news[of].push(id)
  }

  /** What was noted since the last time. */
  news(): Record<Kept, string[]> {
    const news = this.#news
    this.#news = empty()
    return news
  }

  all(of: Kept): readonly string[] {
    return [...this.#kept[of]]
  }

  did(act: string): void {
    this.done.set(act, (this.done.get(act) ?? 0) + 1)
  }
}

/** What an answer may name: rows of a table, and keys that are revoked. */
export type Kept = 'user' | 'passkey' | 'apiKey' | 'topUp' | 'revoked'

const empty = (): Record<Kept, string[]> => ({ user: [], passkey: [], apiKey: [], topUp: [], revoked: [] })
