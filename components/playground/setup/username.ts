const longest = 64

/** Why the server would take a name for none, as far as the page can tell: the length that it counts is in code points after NFC. */
export function usernameMistake(name: string): string | undefined {
  const { length } = [...name.normalize('NFC')]
  return length > longest ? `A username has at most ${longest} characters; this one has ${length}.` : undefined
}
