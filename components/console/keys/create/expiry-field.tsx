import { latestMoment } from '#lib/contract/latest-moment.ts'
import { ChipChoice } from '../../../ui/chip.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { dayText, type Expiry, expiryChoices, momentOf } from './expiry.ts'

interface Props {
  expiry: Expiry
  /** The moment that holds now, where nothing was chosen yet; null: never. */
  fixed?: string | null | undefined
  error: string | undefined
  onChange: (expiry: Expiry) => void
}

/** When the key ends by itself. */
export function ExpiryField({ expiry, fixed, error, onChange }: Props) {
  const now = useNow(60_000)
  const moment = fixed !== undefined ? fixed : now === undefined ? undefined : momentOf(expiry, now)
  return (
    <fieldset aria-describedby={error && expiry.choice !== 'date' ? 'expiry-error' : 'expiry-note'}>
      <legend className="mb-1.5 font-semibold text-[13px]">Expires</legend>
      <ChipChoice
        label="Expires"
        name="expiry"
        choices={expiryChoices}
        selected={expiry.choice}
        onSelect={(choice) => onChange({ ...expiry, choice })}
      />
      {expiry.choice === 'date' ? (
        <TextField
          id="expiry-date"
          type="date"
          label="Last day"
          className="mt-3 max-w-52"
          value={expiry.date}
          min={now === undefined ? undefined : dayText(new Date(now))}
          max={now === undefined ? undefined : dayText(new Date(latestMoment(now)))}
          error={error}
          onChange={(event) => onChange({ ...expiry, date: event.target.value })}
        />
      ) : null}
      {error && expiry.choice !== 'date' ? (
        <p id="expiry-error" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      <p id="expiry-note" className="mt-1.5 text-[13px] text-soft">
        {moment
          ? `It stops working on ${new Date(moment).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })}.`
          : moment === null
            ? 'It works until somebody revokes it.'
            : 'It works to the end of the day that you pick.'}
      </p>
    </fieldset>
  )
}
