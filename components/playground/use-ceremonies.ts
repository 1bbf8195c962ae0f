import { type Dispatch, useCallback, useEffect, useRef } from 'react'
import { clientOf, loadCeremonies } from './client-of.ts'
import type { Asked, Circumstances } from './failure/circumstances.ts'
import { explained } from './failure/explained.ts'
import { countMistakes, withoutOffer } from './options/option-values.ts'
import type { Action } from './reduce.ts'
import type { Message, Run, Start } from './run.ts'
import { missingFor } from './setup/missing.ts'
import { waitOf } from './setup/wait.ts'
import { standingOf } from './standing.ts'
import { pairOf, type State } from './state.ts'
import { useAutofill } from './use-autofill.ts'

/** Comes with the sheet of options, where alone something is written wrong. */
const loadMistakes = () => import('./options/option-mistake.ts')

/**
 * Runs ceremonies, one at a time: another one replaces the one that waits, the same one pressed twice is one.
 */
export function useCeremonies(state: State, dispatch: Dispatch<Action>, demoTenants: readonly string[]) {
  const active = useRef<{ what: Start; controller: AbortController; forgotten?: boolean } | undefined>(undefined)
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })

  const request = useCallback(
    (
      username: string | undefined,
      kind: Run['kind'],
      controller: AbortController,
      { choices = latest.current.choices, autofill = false } = {},
    ) => {
      const { apiKey, key } = latest.current
      const tenant = key.status === 'ready' ? key.tenant : undefined
      const explain = (error: unknown, run: Run | undefined) => {
        const sent = (id: Message['id']) => run?.messages.find((message) => message.id === id)?.body
        return explained(error, {
          kind,
          username,
          tenant,
          otherTenants: demoTenants,
          origin: location.origin,
          asked: sent('request') as Asked | undefined,
          answered: sent('credential') !== undefined,
          permitted: permitted(kind),
          framed: window.top !== window.self,
          mediation: choices[kind].mediation as string | undefined,
          ...usedHere(latest.current, apiKey, username),
          autofill,
        })
      }
      const publish = (run: Run) => dispatch({ type: 'ran', run, apiKey, username, choices })
      return { apiKey, client: clientOf(apiKey), signal: controller.signal, publish, explain }
    },
    [dispatch, demoTenants],
  )

  /** Starts a ceremony with the options of the form, or with others that are on their way into it. */
  async function start(what: Start, chosen = latest.current.choices) {
    const { apiKey, username } = latest.current
    // A press asks with a dialogue, also where the name field offers passkeys without one.
    const choices = what === 'register' ? chosen : withoutOffer(chosen)
    const missing = missingFor({ apiKey, ...(what === 'sign-in' ? {} : { username }) })
    if (missing) return dispatch({ type: 'missed', missing })
    const kind = what === 'register' ? 'registration' : 'authentication'
    const mistaken = countMistakes(choices[kind]) > 0 && (await loadMistakes()).mistakesIn(kind, choices)[0]
    if (mistaken) return dispatch({ type: 'stopped', by: mistaken })
    if ((waitOf(latest.current)?.until ?? 0) > Date.now()) return
    if (active.current?.what === what) return
    active.current?.controller.abort()
    const controller = new AbortController()
    const mine: NonNullable<typeof active.current> = { what, controller }
    active.current = mine
    const who = what === 'sign-in' ? undefined : username
    const common = request(who, kind, controller, { choices })
    // Of a replaced one only the end is told: its line would wait for ever.
    const publish = (run: Run) => {
      if (!mine.forgotten && (active.current === mine || run.status !== 'working')) common.publish(run)
    }
    const replaceable = { ...common, publish }
    try {
      const [{ register, authenticate, askedOf }] = await Promise.all([loadCeremonies(), common.client])
      if (what === 'register') {
        const { session, token } = standingOf(latest.current, pairOf(apiKey, username), Date.now())
        const userToken = token === 'good' ? session?.answer.token : undefined
        await register({ ...replaceable, username, userToken, ...askedOf('registration', choices) })
      } else {
        await authenticate({ ...replaceable, ...(who ? { username: who } : {}), ...askedOf('authentication', choices) })
      }
    } catch (error) {
      const failure = await common.explain(error, undefined)
      publish({ kind, startedAt: Date.now(), status: 'error', messages: [], failure, took: 0 })
    }
    if (active.current === mine) active.current = undefined
  }

  const offer = useCallback(
    (controller: AbortController) => request(undefined, 'authentication', controller, { autofill: true }),
    [request],
  )
  useAutofill(state, dispatch, offer)

  /** Ends what is under way, and nothing more is told of it. */
  const forget = useCallback(() => {
    if (!active.current) return
    active.current.forgotten = true
    active.current.controller.abort()
    active.current = undefined
  }, [])

  return { start, cancel: () => active.current?.controller.abort(), forget }
}

/** The last run of a user of a key that a passkey of theirs answered. */
function usedHere(
  { runs }: State,
  apiKey: string,
  username: string | undefined,
): Pick<Circumstances, 'usedHere' | 'verifiedHere'> {
  const used = runs.findLast(
    ({ run, of }) =>
      (run.registered ?? run.authenticated) && pairOf(of.apiKey, of.username) === pairOf(apiKey, username),
  )
  const checks = used && (used.run.registered ?? used.run.authenticated)?.checks
  const verified = checks?.some(({ id, actual }) => id === 'user-verified' && actual === 'set')
  return { usedHere: used?.number, verifiedHere: verified }
}

/** Whether the page's permission policy lets it ask; undefined where the browser does not tell. */
function permitted(kind: Run['kind']): boolean | undefined {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } }
  return featurePolicy?.allowsFeature(`publickey-credentials-${kind === 'registration' ? 'create' : 'get'}`)
}
