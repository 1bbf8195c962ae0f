import type { Result } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * Hono's router for any paths, which looks for the same handlers again at each request. Here a path that is a route's own, to
 * the letter, is looked for once for each method; those with parts that are anything are looked for as before.
 */
export class KeptRouter<Handler> extends TrieRouter<Handler> {
  readonly #kept = new Map<string, Map<string, Result<Handler>>>()

  override add(method: string, path: string, handler: Handler): void {
    super.add(method, path, handler)
    for (const known of this.#kept.values()) known.clear()
    if (!/[:*]/.test(path)) this.#kept.set(path, new Map())
  }

  override match(method: string, path: string): Result<Handler> {
    const known = this.#kept.get(path)
    const found = known?.get(method) ?? super.match(method, path)
    // Whoever asks may name any method.
    if (known && known.size < mostMethods) known.set(method, found)
    return found
  }
}

const mostMethods = 16
