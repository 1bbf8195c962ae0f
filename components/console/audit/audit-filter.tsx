'use client'

import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Select } from '../../ui/select.tsx'
import type { ChangeQuery } from '../../ui/use-query.ts'
import { DayFields } from '../days/day-fields.tsx'
import { SearchField } from '../search-field.tsx'
import { type AuditView, kinds } from './audit-view.ts'
import type { AuditWords } from './audit-words.ts'

const environments = [
  { value: '', label: 'All' },
  { value: 'test', label: 'Test' },
  { value: 'live', label: 'Live' },
]

const kindChoices = [
  { value: '', label: 'Everything' },
  ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
]

interface Props {
  view: AuditView
  words: AuditWords
  onChange: ChangeQuery
  /** Takes every filter away; undefined while there is none. */
  onAll: (() => void) | undefined
}

/** Which events are shown. */
export function AuditFilter({ view, words, onChange, onAll }: Props) {
  const actions = [
    { value: '', label: 'All' },
    ...Object.entries(words).map(([value, said]) => ({ value, label: `${value}: ${said}` })),
  ]
  return (
    <search aria-label="Filter" className="rounded-card border border-line bg-card p-4 shadow-lift">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <ChipChoice
          label="Kind"
          name="kind"
          choices={kindChoices}
          selected={view.kind}
          onSelect={(kind) => onChange({ kind })}
        />
        {view.user ? (
          <Button look="small" onClick={() => onChange({ user: '' })}>
            About {view.user}: show everybody
          </Button>
        ) : null}
      </div>
      <div className="grid grid-cols-2 gap-x-2.5 gap-y-3 sm:grid-cols-4 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1.4fr)_7rem_9.5rem_9.5rem]">
        <SearchField
          id="audit-search"
          hint="users, names, ids, addresses, requests"
          text={view.q}
          onSearch={(q) => onChange({ q }, { replace: true })}
          className="col-span-2 sm:col-span-4 xl:col-span-1"
        />
        <Select
          id="audit-action"
          label="Action"
          value={view.action}
          choices={actions}
          onChoose={(action) => onChange({ action })}
          className="col-span-2 min-w-0 xl:col-span-1"
        />
        <Select
          id="audit-environment"
          label="Environment"
          value={view.environment}
          choices={environments}
          onChoose={(of) => onChange({ of })}
          className="col-span-2 xl:col-span-1"
        />
        <DayFields id="audit" from={view.from} to={view.to} onChange={onChange} className="sm:max-xl:col-span-2" />
      </div>
      {onAll ? (
        <p className="mt-2.5 flex flex-wrap items-center gap-x-3 text-[13px] text-soft">
          This view is in the address: send it to a colleague.
          <Button look="quiet" onClick={onAll}>
            Show everything
          </Button>
        </p>
      ) : null}
    </search>
  )
}
