/** How many code points a name has at most. */
export const maxCharacters = 64

const control = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/**
 * Why nobody can be registered by a username, or undefined. Names that were taken when more was allowed go on working.
 *
 * @param withoutEmoji the name without what is in its place in emoji
 */
export function whyNoShape(name: string, withoutEmoji: (name: string) => string): string | undefined {
  if (name.trim() !== '' && name.trim() !== name) return 'starts or ends with white space'
  return whyNoLength(name) ?? (control.test(name) && control.test(withoutEmoji(name)) ? invisible : undefined)
}

/** Why a text has no length of a name, or of another text of at most so many code points; undefined where it has. */
export function whyNoLength(text: string, most = maxCharacters): string | undefined {
  if (text.trim() === '') return 'is blank'
  return [...text].length > most ? `is longer than ${most} characters` : undefined
}

export const invisible = 'contains an invisible or control character'
