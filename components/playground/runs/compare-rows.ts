import type { Fact } from './compare-facts.ts'

export interface ComparedCell {
  parts: { text: string; differs: boolean }[]
  note?: string | undefined
}

/** A member of two ceremonies, side by side; a cell is absent where that one has no such member. */
export interface ComparedRow {
  group: Fact['group']
  member: string
  cells: readonly [ComparedCell | undefined, ComparedCell | undefined]
  differs: boolean
}

/** Two ceremonies' facts member by member: the first one's in their order, then what only the other has. */
export function comparedRows(left: readonly Fact[], right: readonly Fact[]): ComparedRow[] {
  const keyOf = ({ group, member }: Fact) => `${group} ${member}`
  const all = new Map([...left, ...right].map((fact) => [keyOf(fact), fact]))
  const rows = [...all].map(([key, { group, member }]): ComparedRow => {
    const [one, other] = [left, right].map((facts) => facts.find((fact) => keyOf(fact) === key))
    const differs = saidOf(one) !== saidOf(other)
    return { group, member, differs, cells: [cellOf(one, other, differs), cellOf(other, one, differs)] }
  })
  return rows.toSorted((one, other) => one.group.localeCompare(other.group))
}

/** What is asked for and what is left unset: a member that a ceremony does not have is unset in it, too. */
function saidOf(fact: Fact | undefined): string {
  return JSON.stringify(fact?.unset ? undefined : fact?.values) ?? ''
}

/** What of it the other does not say; where all of it is said there, too, the order differs. */
function cellOf(fact: Fact | undefined, other: Fact | undefined, differs: boolean): ComparedCell | undefined {
  if (!fact) return undefined
  const own = fact.values.map((text) => ({ text, differs: differs && !other?.values.includes(text) }))
  const sameWords =
    differs &&
    [fact, other].every((each, at, both) => each?.values.every((text) => both[1 - at]?.values.includes(text)))
  return { parts: sameWords ? own.map(({ text }) => ({ text, differs: true })) : own, note: fact.note }
}
