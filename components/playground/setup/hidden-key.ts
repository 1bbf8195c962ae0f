import type { CSSProperties } from 'react'

/**
 * What makes a text field one for a key that nobody is to see or keep: discs as of a password, but no password field, which
 * browsers would offer to save.
 */
export const hiddenKey = {
  autoComplete: 'off',
  autoCapitalize: 'none',
  autoCorrect: 'off',
  spellCheck: false,
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  inputStyle: { WebkitTextSecurity: 'disc' } as CSSProperties,
} as const
