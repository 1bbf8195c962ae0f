import type { AuditEvent } from '#lib/contract/audit.ts'

/** One member of what an event is about, before and after. Undefined: there was none. */
export interface AuditChange {
  name: string
  before: unknown
  after: unknown
  changed: boolean
}

/** Every member before and after, those that changed first. What was made or ended has changed in all that it is. */
export function changesOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): AuditChange[] {
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])
  const changes = [...names].map((name) => {
    const [was, is] = [before?.[name], after?.[name]]
    return { name, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) }
  })
  return [...changes.filter(({ changed }) => changed), ...changes.filter(({ changed }) => !changed)]
}

/** What left and what joined a list; undefined unless both are lists. */
export function listChange(
  before: unknown,
  after: unknown,
): { kept: string[]; out: string[]; in: string[] } | undefined {
  if (!isList(before) || !isList(after)) return undefined
  return {
    kept: after.filter((item) => before.includes(item)),
    out: before.filter((item) => !after.includes(item)),
    in: after.filter((item) => !before.includes(item)),
  }
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
