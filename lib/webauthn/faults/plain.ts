/** What a server may have written, for a line: not too much, and nothing in it that a terminal takes for a command. */
export function plain(words: string, most = 200): string {
  return words.slice(0, most).replace(/\p{C}/gu, ' ')
}
