const name = 'playground.api-key'

/** The key that this tab was asked to remember. Session storage ends with the tab; nothing else ever holds a key. */
export function rememberedKey(): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a key for this tab, or with undefined forgets it. */
export function rememberKey(key: string | undefined) {
  try {
    if (key) sessionStorage.setItem(name, key)
    else sessionStorage.removeItem(name)
  } catch {}
}
