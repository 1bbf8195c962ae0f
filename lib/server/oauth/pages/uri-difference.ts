/** Two texts that begin and end alike: what is the same at both ends, and what each has in between. */
export interface Difference {
  before: string
  one: string
  other: string
  after: string
}

/** Where two texts differ. */
export function differenceOf(one: string, other: string): Difference {
  const [first, second] = [[...one], [...other]]
  const shorter = Math.min(first.length, second.length)
  let start = 0
  while (start < shorter && first[start] === second[start]) start++
  let end = 0
  while (end < shorter - start && first.at(-1 - end) === second.at(-1 - end)) end++
  const between = (all: string[]) => all.slice(start, all.length - end).join('')
  return {
    before: first.slice(0, start).join(''),
    one: between(first),
    other: between(second),
    after: first.slice(first.length - end).join(''),
  }
}

/** Of some texts the one that has most in common with another at its ends; undefined of none. */
export function closestTo(text: string, all: readonly string[]): string | undefined {
  const common = (other: string) => {
    const { before, after } = differenceOf(text, other)
    return before.length + after.length
  }
  return all.toSorted((one, other) => common(other) - common(one))[0]
}
