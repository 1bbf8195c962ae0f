import type { CeremonyKind } from '../options.ts'
import type { Chosen, Finding, LintContext } from './rule.ts'
import { rules } from './rules.ts'

const order = { error: 0, warning: 1, note: 2 } as const

/** What is to be said about the choices of a ceremony before it begins, the gravest first. */
export function lint(ceremony: CeremonyKind, chosen: Chosen, context: LintContext): Finding[] {
  return rules
    .filter((rule) => rule.ceremony === ceremony)
    .flatMap((rule) => {
      const words = rule.applies(chosen, context)
      if (words === undefined) return []
      const members = typeof rule.members === 'function' ? rule.members(chosen) : rule.members
      return [{ rule, words, members: members.filter((path) => chosen[ceremony][path] !== undefined) }]
    })
    .sort((a, b) => order[a.rule.severity] - order[b.rule.severity])
}
