import { errors } from '#lib/contract/errors.ts'
import type { LogEntry } from '#lib/contract/logs.ts'
import { mpcOperations } from '#lib/contract/mpc-operations.ts'
import { operations } from '#lib/contract/operations.ts'
import type { Filter } from './logs-view.ts'

interface Choice {
  id: string
  label: string
  note?: string
}

const statuses: readonly Choice[] = [
  { id: '2xx', label: '2xx', note: 'Answered well' },
  { id: '4xx', label: '4xx', note: 'Refused' },
  { id: '5xx', label: '5xx', note: 'Failed here' },
  ...['400', '401', '403', '404', '429'].map((id) => ({ id, label: id })),
]

/** What a filter can be set to: of statuses, codes and operations all, those that are seen first; of the rest what is seen. */
export function choicesOf(filter: Filter, entries: readonly LogEntry[]): Choice[] {
  if (filter === 'status') return [...statuses]
  const seen = new Map<string, Choice>()
  for (const entry of entries) {
    const choice = ofEntry(filter, entry)
    if (choice) seen.set(choice.id, choice)
  }
  const further = (all[filter] ?? []).filter((id) => !seen.has(id)).map((id) => ({ id, label: id }))
  return [...seen.values(), ...further]
}

const all: Partial<Record<Filter, readonly string[]>> = {
  code: Object.keys(errors),
  operation: [...Object.keys(operations), ...mpcOperations, 'oauth.token'],
}

function ofEntry(filter: Exclude<Filter, 'status'>, { key, client, ...entry }: LogEntry): Choice | undefined {
  if (filter === 'key') return key ? { id: key.id, label: key.name ?? key.id, note: key.hint ?? '' } : undefined
  if (filter === 'client') return client ? { id: client.id, label: client.name ?? client.id } : undefined
  const value = entry[filter]
  return value === null ? undefined : { id: value, label: value }
}
