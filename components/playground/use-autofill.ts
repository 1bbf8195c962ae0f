import { type Dispatch, useEffect, useRef } from 'react'
import { onAuthenticatorChange } from './authenticator/authenticator-change.ts'
import { loadCeremonies } from './client-of.ts'
import { countMistakes } from './options/option-values.ts'
import type { authenticate } from './perform-ceremony.ts'
import type { Action } from './reduce.ts'
import type { Run } from './run.ts'
import { latestRun, type State } from './state.ts'

/** Longer than any hesitation, shorter than a ceremony's five minutes. */
const renewal = 270_000

type Request = Omit<Parameters<typeof authenticate>[0], 'options' | 'added' | 'mediation'>

/**
 * While autofill is on and nothing else runs, a conditional sign-in waits in the username field. Once it was taken, the
 * next one waits for a change of key, name or options: where nobody has to choose, it would sign in without end. Nobody
 * has pressed anything: one that ends before a passkey was chosen is no failure, and says only that autofill is off.
 */
export function useAutofill(
  state: State,
  dispatch: Dispatch<Action>,
  request: (controller: AbortController) => Request,
): void {
  const { key, choices } = state
  const chosen = useRef(choices)
  useEffect(() => {
    chosen.current = choices
  })
  const canSignIn = key.status === 'ready' && (key.tenant.key?.scopes.includes('passkeys:authenticate') ?? false)
  const idle = latestRun(state)?.run.status !== 'working' && countMistakes(choices.authentication) === 0
  const offering = state.offering && canSignIn && idle
  const options = JSON.stringify(choices.authentication)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key or other options need another ceremony
  useEffect(() => {
    if (!offering) return
    let waiting = true
    let controller = new AbortController()
    const offer = () => {
      controller = new AbortController()
      const { publish, ...common } = request(controller)
      const { signal } = controller
      const told = (run: Run) => {
        if (signal.aborted) return
        const picked = isPicked(run)
        if (picked && waiting) {
          waiting = false
          dispatch({ type: 'offer-taken' })
        }
        if (picked) publish(run)
        else if (run.failure) dispatch({ type: 'offer-ended', why: run.failure })
      }
      Promise.all([loadCeremonies(), common.client])
        .then(([{ authenticate, askedOf }]) =>
          authenticate({ ...common, ...askedOf('authentication', chosen.current), publish: told }),
        )
        .catch(async (error) => {
          const why = await common.explain(error, undefined)
          if (!signal.aborted) dispatch({ type: 'offer-ended', why })
        })
    }
    offer()
    const renew = () => {
      if (!waiting) return
      controller.abort()
      offer()
    }
    const timer = setInterval(renew, renewal)
    const forget = onAuthenticatorChange(renew)
    return () => {
      clearInterval(timer)
      forget()
      if (waiting) controller.abort()
    }
  }, [offering, state.apiKey, options, request])
}

function isPicked({ messages }: Run): boolean {
  return messages.some(({ id, body }) => id === 'credential' && body !== undefined)
}
