import type { Verifying } from '../verifying.ts'
import { figure, table } from './figure.ts'
import type { Tokens } from './oauth.ts'
import { cost, type Requests } from './requests.ts'

/** What is held against what, and how many times as much it may be at most, or has to be at least. */
export interface Goal {
  work: string
  times: number
  most?: number
  least?: number
}

/** The goals of the hot paths, each with what this run has found. */
export function goalsOf(requests: Requests, verifying: Verifying, tokens: Tokens): Goal[] {
  const { http, next, signInStart, registerStart, tenantStart, betterAuth } = requests
  const goal = (work: string, one: number, floor: number, most: number) => ({ work, times: one / floor, most })
  const theirs = cost(betterAuth) / cost(signInStart)
  return [
    goal('sign-in, held against a bare Next handler', cost(signInStart), cost(next), 1),
    { work: 'better-auth’s sign-in with a passkey, held against ours', times: theirs, least: 5 },
    goal('registration, held against a bare Next handler', cost(registerStart), cost(next), 1.5),
    goal('GET /v1/tenant, held against bare node:http', cost(tenantStart), cost(http), 4),
    goal('refresh_token, held against bare oidc-provider', cost(tokens.ourRefresh), cost(tokens.bareRefresh), 1.3),
    goal('client_credentials, held against the same', cost(tokens.ourCredentials), cost(tokens.bareCredentials), 1.3),
    goal('verifying ES256, held against node:crypto alone', verifying.ours, verifying.bare, 1.5),
  ]
}

/** Whether a goal is met. */
export function isMet({ times, most = Number.POSITIVE_INFINITY, least = 0 }: Goal): boolean {
  return times <= most && times >= least
}

/** Each goal beside its figure, and whether it is met. */
export function goalsTable(goals: readonly Goal[]): string[] {
  const bound = ({ most, least }: Goal) => (most === undefined ? `≥ ${least}` : `≤ ${most}`)
  return table([
    ['', '×', 'goal', ''],
    ...goals.map((goal) => [goal.work, figure(goal.times), bound(goal), isMet(goal) ? 'met' : 'missed']),
  ])
}

/** The goals of the hot paths, and what SimpleWebAuthn takes for a signature. */
export function goalsReport(goals: readonly Goal[], { simpleWebAuthn, bare }: Verifying): string[] {
  return [
    'Goals of the hot paths:',
    '',
    ...goalsTable(goals),
    '',
    `  SimpleWebAuthn takes ${figure(simpleWebAuthn / bare)} × node:crypto alone for the same signature, its key imported each time.`,
  ]
}
