import { type ReactNode, type Ref, useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Start } from '../run.ts'
import { scopeOf } from './lacking-scopes.ts'
import type { Wait } from './wait.ts'

interface StartButtonsProps {
  /** The one next action, where it is one of these. */
  next: Start | undefined
  /** Scopes that a ceremony needs and the key does not hold. */
  lacking: readonly string[]
  /** For how long the server takes no call. */
  wait: Wait | undefined
  /** Only the two that need a username, without a space above them. */
  brief?: boolean
  onStart: (what: Start) => void
  registerRef: Ref<HTMLButtonElement>
}

/** The three ways to begin. What stands against one is said below, before anybody presses, and read with its button. */
export function StartButtons({ next, lacking, wait, brief = false, onStart, registerRef }: StartButtonsProps) {
  const id = useId()
  useNow(250, wait && wait.until > Date.now())
  const seconds = wait ? Math.max(0, Math.ceil((wait.until - Date.now()) / 1000)) : 0
  const button = (what: Start) => {
    const lacks = lacking.includes(scopeOf[what])
    const notes = [lacks ? `${id}-scopes` : '', seconds ? `${id}-wait` : ''].filter(Boolean)
    return {
      onClick: () => onStart(what),
      look: what === 'sign-in' ? 'quiet' : next === what ? 'primary' : 'secondary',
      className: `${what === 'sign-in' ? 'mt-2' : seconds ? 'flex-wrap gap-x-1.5! gap-y-0! px-2!' : ''} ${lacks ? 'text-faint!' : ''}`,
      ...(notes.length ? { 'aria-describedby': notes.join(' ') } : {}),
    } as const
  }
  const countdown = seconds ? (
    <span aria-hidden="true" className="whitespace-nowrap font-normal tabular-nums">
      {seconds} s
    </span>
  ) : null
  return (
    <>
      <div className={`grid grid-cols-2 gap-2.5 ${brief ? 'mt-2' : 'mt-[18px]'}`}>
        <Button ref={registerRef} {...button('register')}>
          Register{countdown}
        </Button>
        <Button {...button('authenticate')}>Authenticate{countdown}</Button>
      </div>
      {brief ? null : <Button {...button('sign-in')}>Sign in with a passkey{countdown}</Button>}
      {lacking.length ? (
        <Note id={`${id}-scopes`}>
          This key cannot {lacking.length === 2 ? 'register or sign in' : lackingWords[lacking[0] ?? '']}: it does not
          hold {lacking.join(' and ')}. Use a key that does, or{' '}
          <a href="/console/keys/new" className="font-medium underline underline-offset-4">
            make one
          </a>{' '}
          in the Console.
        </Note>
      ) : null}
      {seconds ? (
        <Note id={`${id}-wait`}>
          {wait?.what}. The buttons work again in {seconds} s.
        </Note>
      ) : null}
    </>
  )
}

const lackingWords: Record<string, string> = {
  'passkeys:register': 'register',
  'passkeys:authenticate': 'sign anybody in',
}

function Note({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-2 text-[13px] text-warn">
      {children}
    </p>
  )
}
