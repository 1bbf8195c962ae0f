import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { candidateWords } from './candidate-words.ts'
import type { Question } from './software.ts'

/** What a browser's own dialogue asks: which authenticator makes the passkey, or which passkey signs in. */
export function SoftwareChooser({ question }: { question: Question }) {
  const { kind, take, dismiss } = question
  const candidates = question.candidates()
  const all = candidates.map(({ authenticator }) => authenticator)
  return (
    <Dialog
      open
      onClose={dismiss}
      title={kind === 'registration' ? 'Which software authenticator makes the passkey?' : 'Which passkey signs in?'}
      actions={
        <Button look="secondary" onClick={dismiss}>
          Choose none
        </Button>
      }
    >
      <p className="mb-3 text-[13px] text-soft">
        Software authenticators of this page ask, not the browser. Choosing none ends in NotAllowedError, as closing a
        browser’s dialogue does.
      </p>
      <ul aria-label="Choices" className="space-y-2">
        {candidates.map((candidate, at) => {
          const { label, note } = candidateWords(candidate, all)
          return (
            <li key={`${candidate.authenticator.id} ${candidate.credential?.id}`}>
              <button
                type="button"
                {...(at ? {} : { 'data-autofocus': true })}
                onClick={() => take(candidate)}
                className="w-full cursor-pointer rounded-field border border-line-strong bg-card px-4 py-2.5 text-left transition-colors hover:border-faint hover:bg-sunk"
              >
                <span className="block font-semibold wrap-anywhere">{label}</span>
                <span className="block text-[13px] text-soft wrap-anywhere">{note}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
