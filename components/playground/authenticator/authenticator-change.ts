const listeners = new Set<() => void>()

/** Calls when other authenticators answer from now on: those in software in the browser's place, or the browser again. */
export function onAuthenticatorChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellAuthenticatorChange(): void {
  for (const listener of [...listeners]) listener()
}
