import type { AttemptView, DeliveryDetail } from '#lib/contract/webhooks.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Time } from '../../../ui/time.tsx'
import { howItEnded } from '../failure-words.ts'
import { clockOf, durationWords } from './delivery-words.ts'

interface Props {
  delivery: DeliveryDetail
  /** Whether its endpoint is on. */
  enabled: boolean
  /** Which of them is shown below. */
  shown: AttemptView | undefined
  onShow: (number: number) => void
}

/** Every try of a delivery, oldest first, and when the next one is. */
export function DeliveryTries({ delivery, enabled, shown, onShow }: Props) {
  const { tries, nextAttemptAt, status } = delivery
  return (
    <>
      <ol aria-label="Tries" className="divide-y divide-line border-line border-b">
        {tries.map((attempt) => (
          <li key={attempt.number}>
            <button
              type="button"
              aria-pressed={attempt.number === shown?.number}
              onClick={() => onShow(attempt.number)}
              className="grid w-full cursor-pointer grid-cols-[1rem_auto_minmax(0,1fr)_auto] items-start gap-x-3 py-2 text-left text-[13px] leading-5 hover:bg-sunk/60 aria-pressed:font-medium"
            >
              <span className={`pt-0.5 ${attempt.failure ? 'text-bad' : 'text-ok'}`}>
                <Icon name={attempt.failure ? 'cross' : 'check'} />
                <span className="sr-only">{attempt.failure ? 'Failed' : 'Arrived'}</span>
              </span>
              <span className="whitespace-nowrap tabular-nums">{clockOf(attempt.at)}</span>
              <span className="wrap-anywhere">{howItEnded(attempt)}</span>
              <span className="whitespace-nowrap text-soft tabular-nums">{durationWords(attempt.milliseconds)}</span>
            </button>
          </li>
        ))}
      </ol>
      <p className="flex items-center gap-3 py-2 text-[13px] text-soft">
        {nextAttemptAt ? (
          <>
            <Icon name="again" />
            <span>
              Next try at {clockOf(nextAttemptAt)}, <Time iso={nextAttemptAt} />
            </span>
          </>
        ) : status === 'delivered' ? (
          'It arrived: nothing more is planned.'
        ) : status === 'pending' ? (
          enabled ? (
            'It is being tried now.'
          ) : (
            'The endpoint is off: nothing is tried until it is on.'
          )
        ) : (
          'No further try is planned. Resend begins anew.'
        )}
      </p>
    </>
  )
}
