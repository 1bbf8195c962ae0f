import { maxCharacters, whyNoShape } from '#lib/contract/username-shape.ts'

/**
 * Why the server would take a name for nobody's, as far as the page can tell. Whether a joiner is in its place among emoji it
 * leaves to the server, and what only somebody new may not be called, too.
 */
export function usernameMistake(name: string): string | undefined {
  const normal = name.normalize('NFC')
  const { length } = [...normal]
  if (length > maxCharacters) return `A username has at most ${maxCharacters} characters; this one has ${length}.`
  const why = whyNoShape(normal, withoutJoiners)
  return why && `This username ${why}.`
}

/** The same while a name is being written: it may be empty yet, and a space at its end may lead to another word. */
export function usernameMistakeSoFar(name: string): string | undefined {
  const written = name.trimEnd()
  return written ? usernameMistake(written) : undefined
}

/** Without what joins emoji: U+200D, and the tags of flags. */
function withoutJoiners(text: string): string {
  return text.replace(/[\u200d\u{e0020}-\u{e007f}]/gu, '')
}
