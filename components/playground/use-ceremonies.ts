import { type Dispatch, useCallback, useEffect, useRef } from 'react'
import { Client } from '#lib/sdk/client.ts'
import type { Asked } from './failure/circumstances.ts'
import { failureOf } from './failure/failure.ts'
import { mistakesIn } from './options/option-mistake.ts'
import { optionsOfRequest } from './options/option-values.ts'
import { authenticate, register } from './perform-ceremony.ts'
import type { Message, Run } from './run.ts'
import { missingFor } from './setup/missing.ts'
import { waitOf } from './setup/wait.ts'
import { type Action, type State, sessionOf } from './state.ts'

/** What a person can start. */
export type Start = 'register' | 'authenticate' | 'sign-in'

/** Longer than any hesitation, shorter than a ceremony's five minutes. */
const autofillRenewal = 270_000

/**
 * Runs ceremonies, one at a time: another one replaces the one that waits, the same one pressed twice is one.
 * While autofill is on and nothing else runs, a conditional sign-in waits in the username field. Once it was taken, the
 * next one waits for a change of key, name or options: where nobody has to choose, it would sign in without end.
 */
export function useCeremonies(state: State, dispatch: Dispatch<Action>, demoTenants: readonly string[]) {
  const active = useRef<{ what: Start; controller: AbortController } | undefined>(undefined)
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })

  const request = useCallback(
    (username: string | undefined, kind: Run['kind'], controller: AbortController) => {
      const { apiKey, key, choices } = latest.current
      const tenant = key.status === 'ready' ? key.tenant : undefined
      const explain = (error: unknown, run: Run | undefined) => {
        const sent = (id: Message['id']) => run?.messages.find((message) => message.id === id)?.body
        return failureOf(error, {
          kind,
          username,
          tenant,
          otherTenants: demoTenants,
          origin: location.origin,
          asked: sent('request') as Asked | undefined,
          answered: sent('credential') !== undefined,
          permitted: permitted(kind),
        })
      }
      const publish = (run: Run) => dispatch({ type: 'ran', run, apiKey, username })
      return { apiKey, client: new Client({ apiKey }), choices, signal: controller.signal, publish, explain }
    },
    [dispatch, demoTenants],
  )

  async function start(what: Start) {
    const { apiKey, username, choices } = latest.current
    const missing = missingFor({ apiKey, ...(what === 'sign-in' ? {} : { username }) })
    if (missing) return dispatch({ type: 'missed', missing })
    const kind = what === 'register' ? 'registration' : 'authentication'
    const [mistaken] = mistakesIn(kind, choices)
    if (mistaken) return dispatch({ type: 'stopped', by: mistaken })
    if ((waitOf(latest.current)?.until ?? 0) > Date.now()) return
    if (active.current?.what === what) return
    active.current?.controller.abort()
    const controller = new AbortController()
    const mine = { what, controller }
    active.current = mine
    const who = what === 'sign-in' ? undefined : username
    const common = request(who, kind, controller)
    const replaceable = { ...common, publish: (run: Run) => active.current === mine && common.publish(run) }
    if (what === 'register') {
      const userToken = sessionOf(latest.current, apiKey, username)?.answer.token
      await register({ ...replaceable, username, userToken, options: optionsOfRequest('registration', common.choices) })
    } else {
      const options = optionsOfRequest('authentication', common.choices)
      await authenticate({ ...replaceable, ...(who ? { username: who } : {}), options })
    }
    if (active.current === mine) active.current = undefined
  }

  const idle = state.run?.status !== 'working'
  const canSignIn = state.key.status === 'ready' && holds(state, 'passkeys:authenticate')
  const offering = state.offering && canSignIn && idle && mistakesIn('authentication', state.choices).length === 0
  const options = JSON.stringify(state.choices.authentication)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key or other options need another ceremony
  useEffect(() => {
    if (!offering) return
    let waiting = true
    let controller = new AbortController()
    const offer = () => {
      controller = new AbortController()
      const { publish, ...common } = request(undefined, 'authentication', controller)
      const chosen = (run: Run) =>
        run.messages.some(({ id, duration }) => id === 'credential' && duration !== undefined)
      void authenticate({
        ...common,
        options: optionsOfRequest('authentication', common.choices),
        autofill: true,
        publish: (run) => {
          if (controller.signal.aborted) return
          const picked = chosen(run)
          if (picked && waiting) {
            waiting = false
            dispatch({ type: 'offer-taken' })
          }
          if (picked || run.status === 'error') publish(run)
          if (run.status === 'error' && !run.messages.some(({ id, body }) => id === 'credential' && body))
            dispatch({ type: 'chosen', choices: { ...latest.current.choices, autofill: false } })
        },
      })
    }
    offer()
    const renewal = setInterval(() => {
      if (!waiting) return
      controller.abort()
      offer()
    }, autofillRenewal)
    return () => {
      clearInterval(renewal)
      if (waiting) controller.abort()
    }
  }, [offering, state.apiKey, options, request])

  return { start, cancel: () => active.current?.controller.abort() }
}

function holds({ key }: State, scope: string): boolean {
  return key.status === 'ready' && (key.tenant.key?.scopes.includes(scope) ?? false)
}

/** Whether the page's permission policy lets it ask; undefined where the browser does not tell. */
function permitted(kind: Run['kind']): boolean | undefined {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } }
  return featurePolicy?.allowsFeature(`publickey-credentials-${kind === 'registration' ? 'create' : 'get'}`)
}
