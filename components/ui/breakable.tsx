import { Fragment } from 'react'

/** Where a machine’s name or value has a seam: before a word’s capital, after what parts it, before a host’s next label. */
const seams = /(?=[A-Z](?:[a-z]|$))|(?<=[_:,{])|(?<=\/\/)|(?=\.\w)/

/** Bytes as text: they have no words. */
const bytes = /^(?=.*\d)[\w+/=-]{25,}$/

/** A machine’s name or value that, where it has no room, is broken between its words. */
export function Breakable({ text }: { text: string }) {
  if (bytes.test(text)) return text
  return text.split(seams).map((word, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text do not move.
    <Fragment key={at}>
      {at ? <wbr /> : null}
      {word}
    </Fragment>
  ))
}
