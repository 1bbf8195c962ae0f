import { clock, isDue } from '../clock.ts'
import { noteUse } from './store.ts'

const everyMilliseconds = 60_000
const maxKept = 10_000
const shared = globalThis as { playgroundAppUses?: Map<string, number> }

/**
 * Notes beside a request that an app came with a user's token, or for one: at most once a minute is that written. Where it
 * cannot be, nothing is lost but that.
 */
export function noteAppUse(userId: string, clientId: string): void {
  shared.playgroundAppUses ??= new Map()
  const uses = shared.playgroundAppUses
  const name = `${userId} ${clientId}`
  const now = clock.now()
  if (!isDue(uses.get(name) ?? 0, everyMilliseconds)) return
  if (uses.size >= maxKept) uses.clear()
  uses.set(name, now)
  void noteUse(userId, clientId, new Date(now), new Date(now - everyMilliseconds)).catch(() => undefined)
}
