import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import type { ChangeQuery } from '../../../ui/use-query.ts'
import { SearchField } from '../../search-field.tsx'
import type { MpcKeysView } from './mpc-keys-view.ts'

const states = [
  { value: '', label: 'All' },
  { value: 'yes', label: 'Frozen' },
  { value: 'no', label: 'Not frozen' },
]

interface Props {
  view: MpcKeysView
  onChange: ChangeQuery
  /** Takes every filter away; undefined while there is none. */
  onAll: (() => void) | undefined
}

/** Which keys are shown. */
export function MpcKeyFilter({ view, onChange, onAll }: Props) {
  return (
    <search aria-label="Filter" className="rounded-card border border-line bg-card p-4 shadow-lift">
      <div className="grid gap-x-2.5 gap-y-3 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <SearchField
          id="mpc-keys-search"
          hint="labels, ids, usernames"
          text={view.q}
          onSearch={(q) => onChange({ q }, { replace: true })}
        />
        <Select
          id="mpc-keys-frozen"
          label="State"
          value={view.frozen}
          choices={states}
          onChoose={(frozen) => onChange({ frozen })}
        />
      </div>
      {onAll ? (
        <p className="mt-2.5 flex flex-wrap items-center gap-x-3 text-[13px] text-soft">
          {view.user ? 'The keys of one user alone.' : 'This view is in the address: send it to a colleague.'}
          <Button look="quiet" onClick={onAll}>
            Show everything
          </Button>
        </p>
      ) : null}
    </search>
  )
}
