import type { LogEntry } from '#lib/contract/logs.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { ChangeQuery } from '../../ui/use-query.ts'
import { SearchField } from '../search-field.tsx'
import { choicesOf } from './log-choices.ts'
import { utcOf } from './log-words.ts'
import {
  everything,
  type Filter,
  filterNames,
  filters,
  isRequestId,
  type LogsView,
  type Range,
  ranges,
} from './logs-view.ts'

interface Props {
  view: LogsView
  /** What is shown: what can be chosen of what is different in each tenant. */
  entries: readonly LogEntry[]
  onChange: ChangeQuery
}

/** Which requests are shown: a field for one of them or for a user, the time, and a chip for each other filter. */
export function LogFilter({ view, entries, onChange }: Props) {
  const { values, range } = view
  const chosen = filterNames.filter((name) => values[name] !== undefined)
  const offered = filterNames.filter((name) => values[name] === undefined && name !== 'reason')
  const narrowed = chosen.length > 0 || values.user !== undefined || !range

  function search(text: string) {
    const typed = text.trim()
    if (isRequestId(typed)) onChange({ request: typed, user: '' })
    else onChange({ user: typed }, { replace: true })
  }

  return (
    <search aria-label="Filter" className="mb-4 flex flex-wrap items-end gap-x-2 gap-y-2.5">
      <SearchField
        id="logs-search"
        hint="request id or user"
        text={values.user ?? ''}
        onSearch={search}
        className="w-full sm:w-64"
      />
      <div className="flex flex-wrap items-center gap-2 sm:pb-2">
        {range ? (
          <Menu
            label={ranges[range]}
            look="small"
            items={Object.entries(ranges).map(([id, label]) => ({ id, label }))}
            onPick={(id) => onChange({ range: (id as Range) === '24h' ? '' : id })}
          />
        ) : (
          <Chip label={spanOf(view)} of="Time" onRemove={() => onChange({ from: '', to: '' })} />
        )}
        {chosen.map((name) => (
          <Chip
            key={name}
            label={`${filters[name]}: ${wordOf(name, values[name] ?? '', entries)}`}
            of="Filter"
            onRemove={() => onChange({ [name]: '' })}
          />
        ))}
        {offered.map((name) => {
          const choices = choicesOf(name, entries)
          return choices.length ? (
            <Menu
              key={name}
              label={filters[name]}
              look="dashed"
              items={choices}
              onPick={(id) => onChange({ [name]: id })}
            />
          ) : null
        })}
        {narrowed ? (
          <Button look="quiet" onClick={() => onChange({ ...everything })}>
            Show everything
          </Button>
        ) : null}
      </div>
    </search>
  )
}

/** What is filtered by, with a press to take it away. */
function Chip({ label, of, onRemove }: { label: string; of: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      onClick={onRemove}
      className="inline-flex max-w-full cursor-pointer items-center gap-1.5 rounded-lg border border-accent bg-accent-wash px-2.5 py-1 font-medium text-[13px] text-accent leading-5 hover:brightness-95"
    >
      <span className="sr-only">Remove {of} </span>
      <span className="truncate">{label}</span>
      <Icon name="cross" className="size-3.5" />
    </button>
  )
}

function spanOf({ from, to }: LogsView): string {
  const now = Date.now()
  const at = (iso: string) => utcOf(iso, now).slice(0, -3)
  if (from && to) return `${at(from)} to ${at(to)} UTC`
  return from ? `Since ${at(from)} UTC` : `Before ${at(to)} UTC`
}

/** Ids of keys and clients by the name that they have. */
function wordOf(name: Filter, value: string, entries: readonly LogEntry[]): string {
  if (name !== 'key' && name !== 'client') return value
  const asker = entries.map((entry) => entry[name]).find((one) => one?.id === value)
  return asker?.name ?? value
}
