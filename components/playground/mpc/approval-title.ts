const most = 60

/** What nobody sees, or sees as another thing: the server shows no such words. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{16fe4}\ufffc]/u

/** What an approval shows of a message: its beginning as one line of at most 60 code points; its size where that is no text. */
export function approvalTitle(message: string): string {
  const line = message.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (line === '' || unseen.test(line)) return `A message of ${new TextEncoder().encode(message).length} bytes`
  const characters = [...line]
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}
