/** Stands in an option's place while what is written there cannot be sent. */
export class Mistake {
  /** Why it cannot be sent, as sentences. */
  readonly words: string
  /** What is written: JSON, or the text of the field. */
  readonly written: unknown
  constructor(words: string, written: unknown) {
    this.words = words
    this.written = written
  }
}

/** What stands in a field that is written wrong; undefined for a value. */
export function textOfMistake(value: unknown): string | undefined {
  if (!(value instanceof Mistake)) return undefined
  return typeof value.written === 'string' ? value.written : JSON.stringify(value.written)
}
