/** What is kept of an authorization between its URL and its code. */
export interface Pending {
  state: string
  codeVerifier: string
  clientId: string
  redirectUri: string
  nonce?: string
  maxAge?: number
  scope: string
  /** For the token endpoint, which takes one. */
  resource: string | null
  /** Epoch milliseconds. */
  at: number
}

/** Longer than any sign-in takes, and than a code lives. */
const lifetime = 3_600_000
/** A server's log-in address may be asked for as often as anybody likes. */
const most = 10_000
const prefix = 'playground.oauth.'

/**
 * Authorizations under way, the newest ten thousand: in memory and, in a browser, in sessionStorage, so that they survive a
 * redirect of the whole page.
 */
export class PendingAuthorizations {
  readonly #memory = new Map<string, Pending>()

  save(pending: Pending): void {
    const isOver = ({ at }: Pending) => at < Date.now() - lifetime
    for (const old of stored()) if (isOver(old)) this.remove(old.state)
    // Oldest first.
    for (const old of this.#memory.values()) {
      if (!isOver(old) && this.#memory.size < most) break
      this.remove(old.state)
    }
    this.#memory.delete(pending.state)
    this.#memory.set(pending.state, pending)
    storage()?.setItem(prefix + pending.state, JSON.stringify(pending))
  }

  /**
   * The one of this state or verifier, where one is named; else the newest of this client and redirect URI, `guessed` where
   * it could be another.
   */
  find(of: { clientId: string; redirectUri: string; state?: string | undefined; codeVerifier?: string | undefined }) {
    const { state, codeVerifier } = of
    const known = state === undefined ? undefined : this.#memory.get(state)
    const mine = (known ? [known] : this.#all()).filter(
      ({ clientId, redirectUri }) => clientId === of.clientId && redirectUri === of.redirectUri,
    )
    if (state === undefined && codeVerifier === undefined) return { pending: mine.at(-1), guessed: mine.length > 1 }
    const isMeant = (one: Pending) => (state === undefined ? one.codeVerifier === codeVerifier : one.state === state)
    return { pending: mine.find(isMeant), guessed: false }
  }

  remove(state: string): void {
    this.#memory.delete(state)
    storage()?.removeItem(prefix + state)
  }

  /** Oldest first. */
  #all(): Pending[] {
    const all = new Map(stored().map((pending) => [pending.state, pending]))
    for (const [state, pending] of this.#memory) all.set(state, pending)
    return [...all.values()].sort((a, b) => a.at - b.at)
  }
}

function stored(): Pending[] {
  const box = storage()
  return Object.keys(box ?? {}).flatMap((key) => (key.startsWith(prefix) ? parsed(box?.getItem(key)) : []))
}

function parsed(text: string | null | undefined): Pending[] {
  try {
    return [JSON.parse(text ?? '') as Pending]
  } catch {
    return []
  }
}

/** Undefined where there is none, or where it is forbidden. */
function storage(): Storage | undefined {
  try {
    return globalThis.window?.sessionStorage
  } catch {
    return undefined
  }
}
