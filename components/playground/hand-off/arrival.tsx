import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react'
import type { HandOffTaken } from '#lib/contract/hand-offs.ts'
import { ApiError, Client } from '#lib/sdk/client.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Action } from '../reduce.ts'
import type { State } from '../state.ts'
import { type ArrivalWords, arrivalWords } from './arrival-words.ts'
import { wasHanded } from './can-hand-on.ts'
import { choicesOf } from './handed-choices.ts'

/** What a visitor had set before. */
type Before = Pick<State, 'apiKey' | 'remember' | 'username' | 'choices'>

interface ArrivalProps {
  code: string
  state: Before
  dispatch: Dispatch<Action>
  onClose: () => void
}

/**
 * Takes what a code stands for, once, into this page's memory, and says what came of it. What a visitor had is kept, and put
 * back at a press; a key that the tab remembers stays remembered.
 */
export function Arrival({ code, state, dispatch, onClose }: ArrivalProps) {
  const [round, again] = useReducer((times: number) => times + 1, 0)
  const [taken, setTaken] = useState<HandOffTaken>()
  const [before, keep] = useState<Before>()
  const latest = useRef<Before>(state)
  useEffect(() => {
    latest.current = state
  })
  const [refused, refuse] = useState<ArrivalWords>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round is another try
  useEffect(() => {
    let gone = false
    refuse(undefined)
    take(code).then(
      (handed) => {
        if (gone) return
        setTaken(handed)
        if (latest.current.apiKey || latest.current.username) keep(latest.current)
        enter(handed, dispatch)
      },
      (error) => gone || refuse(arrivalWords(error instanceof ApiError ? error.problem : undefined)),
    )
    return () => {
      gone = true
    }
  }, [code, dispatch, round])

  function putBack() {
    if (!before) return
    enterKey(before.apiKey, before, dispatch)
    dispatch({ type: 'remembered', remember: before.remember })
    onClose()
  }

  return (
    <section aria-label="Hand-off" className="mx-auto flex max-w-[1400px] items-start gap-2 px-4 pt-4 lg:px-6 lg:pt-6">
      <div aria-live="polite" className="min-w-0 flex-1">
        {refused ? (
          <Notice tone="warn" title={refused.title}>
            {refused.note}{' '}
            {refused.again ? (
              <Button look="quiet" onClick={again}>
                Try again
              </Button>
            ) : null}
          </Notice>
        ) : taken ? (
          <Notice title={`${taken.tenant.name} is on this phone now`}>
            With a test key of its own until {timeOf(taken.key.expiresAt)}: it stays in this page’s memory, and ends
            with a reload. {taken.username ? 'Next: Register.' : 'Next: a username, then Register.'}
            {before ? (
              <span className="mt-1 block">
                What was set here before is kept
                {before.remember ? ', and the key that this tab remembers comes back with a reload' : ''}.{' '}
                <Button look="quiet" onClick={putBack}>
                  Put it back
                </Button>
              </span>
            ) : null}
          </Notice>
        ) : (
          <Notice title="Taking what was handed over">One moment.</Notice>
        )}
      </div>
      {taken || refused ? (
        <button
          type="button"
          aria-label="Close the hand-off"
          onClick={onClose}
          className="grid size-8 cursor-pointer place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
        >
          <Icon name="cross" />
        </button>
      ) : null}
    </section>
  )
}

/** What is under way or was taken, by its code: drawn twice, a page would be told that it was used. */
const takes = new Map<string, Promise<HandOffTaken>>()

function take(code: string): Promise<HandOffTaken> {
  const begun = takes.get(code) ?? new Client({ maxRetries: 0 }).handOffs.take(code)
  takes.set(code, begun)
  begun.catch(() => takes.delete(code))
  return begun
}

/** The key stays in memory: what the tab was asked to remember is the one before. */
function enter({ key, username, options }: HandOffTaken, dispatch: Dispatch<Action>): void {
  wasHanded(key.secret)
  dispatch({ type: 'remembered', remember: false })
  const set = { ...(username ? { username } : {}), ...(options ? { choices: choicesOf(options) } : {}) }
  enterKey(key.secret, set, dispatch)
}

function enterKey(apiKey: string, { username, choices }: Partial<Before>, dispatch: Dispatch<Action>): void {
  dispatch({ type: 'key-entered', apiKey })
  if (username !== undefined) dispatch({ type: 'username-entered', username })
  if (choices) dispatch({ type: 'chosen', choices })
}

function timeOf(moment: string): string {
  return new Date(moment).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
