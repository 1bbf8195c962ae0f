import type { Entry } from './entries.ts'

const most = 5
// Of this tab, and gone with it: it names people.
const nameOf = (tenantId: string) => `found ${tenantId}`

/** What was opened last from here, the latest first. */
export function recentOf(tenantId: string): Entry[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(tenantId)) ?? '[]')
    return Array.isArray(kept) ? (kept as Entry[]) : []
  } catch {
    return []
  }
}

/** Keeps what was opened; a browser that keeps nothing is none the worse. */
export function noteRecent(tenantId: string, entry: Entry): void {
  const others = recentOf(tenantId).filter(({ href, name }) => href !== entry.href || name !== entry.name)
  try {
    sessionStorage.setItem(nameOf(tenantId), JSON.stringify([entry, ...others].slice(0, most)))
  } catch {}
}
