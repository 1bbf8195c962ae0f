import type { RefObject } from 'react'
import { Button } from '../../ui/button.tsx'
import { candidateWords, nameAmong } from './candidate-words.ts'
import { type SoftwareState, software } from './software.ts'

interface Props {
  state: SoftwareState
  onOpen: () => void
  opener: RefObject<HTMLElement | null>
  username: RefObject<HTMLElement | null>
}

/** Says over the whole page that no real authenticator answers, and what the username field would offer of theirs. */
export function SoftwareStripe({ state: { authenticators, offering, tampered }, onOpen, opener, username }: Props) {
  const offered = offering?.candidates() ?? []
  return (
    <section
      aria-label="Software authenticator is on"
      className="sticky top-0 z-5 border-warn border-b-2 bg-warn-wash text-[13px] leading-5"
    >
      <div className="mx-auto flex max-w-[1400px] flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 lg:px-6">
        <p className="min-w-0 flex-1 basis-40 text-ink">
          <strong className="font-semibold text-warn">Software authenticator.</strong>{' '}
          {authenticators.map((each) => nameAmong(authenticators, each)).join(', ')}{' '}
          <span className="max-sm:sr-only">
            {authenticators.length > 1 ? 'answer' : 'answers'} in the browser’s place: nothing here is a real one.
          </span>
        </p>
        <Button look="small" className="max-sm:hidden" onClick={onOpen}>
          Set it
        </Button>
        <Button
          look="small"
          onClick={({ currentTarget }) => {
            const byKeyboard = currentTarget.matches(':focus-visible')
            software.turn(false)
            // The stripe goes, with the button. On a phone without a key the way back is not there, either.
            for (const { current } of [username, opener]) current?.focus({ preventScroll: !byKeyboard })
          }}
        >
          Switch it off
        </Button>
        <p aria-live="polite" className="basis-full text-ink wrap-anywhere empty:hidden">
          {tampered ? (
            <>
              {tampered.name} tampered with its answer, “{tampered.title}”: <code>{tampered.is}</code> in place of{' '}
              <code>{tampered.was}</code>.
            </>
          ) : null}
        </p>
        {offering ? (
          <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-1">
            <p>
              {offered.length
                ? 'The username field offers:'
                : 'The username field would offer passkeys; these authenticators have none.'}
            </p>
            {offered.map((candidate) => {
              const { label, note } = candidateWords(candidate, authenticators)
              return (
                <Button
                  key={candidate.credential?.id}
                  look="small"
                  onClick={() => {
                    offering.take(candidate)
                    username.current?.focus({ preventScroll: true })
                  }}
                >
                  Fill in {label}
                  <span className="sr-only"> {note}</span>
                </Button>
              )
            })}
          </div>
        ) : null}
      </div>
    </section>
  )
}
