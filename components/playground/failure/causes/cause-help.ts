import type { Help } from '../help.ts'
import type { Situation } from './situation.ts'

/** Sets an option of the ceremony that failed, or with undefined unsets it, and tries again. */
export const retry =
  (path: string, value: unknown) =>
  ({ kind }: Situation): Help => ({ do: 'set-option', ceremony: kind, path, value })

/** Leads to an option of the ceremony that failed. */
export const lead =
  (path: string) =>
  ({ kind }: Situation): Help => ({ do: 'show-option', ceremony: kind, path })

export const again = (): Help => ({ do: 'again' })

/** Opens what this browser can do. */
export const look = (): Help => ({ do: 'show-browser' })

/** What the ceremony asked of the authenticator. */
export const selectionOf = ({ asked }: Situation) => asked?.authenticatorSelection ?? {}
