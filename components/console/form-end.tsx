import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../ui/button.tsx'
import { busyWords } from './busy-words.ts'
import type { Change } from './use-change.ts'

interface Props {
  change: Change
  label: string
  /** Where Cancel goes. */
  back: string
  environment: Environment
  /** What is made: “key”. */
  what: string
}

/** The end of a form that makes something: its button, the way out, and whether a passkey will be asked for. */
export function FormEnd({ change, label, back, environment, what }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
      <Button type="submit">{busyWords(change, label, 'Creating')}</Button>
      <a href={back} className="rounded-md py-1 text-soft hover:text-ink">
        Cancel
      </a>
      {environment === 'live' ? (
        <p className="text-[13px] text-soft">Your browser will ask for your passkey, since this is a live {what}.</p>
      ) : null}
    </div>
  )
}
