import type { Environment } from '#lib/contract/environment.ts'
import { type GrantType, whyNotOffline } from '#lib/contract/oauth-scopes.ts'
import type { Authorization, DeviceAuthorization, TokenAnswer } from '#lib/sdk/oauth.ts'

/** The steps of the authorization code flow, in their order. */
export const codeSteps = ['authorize', 'exchange', 'refresh', 'api', 'userinfo', 'introspect', 'revoke'] as const
export type CodeStep = (typeof codeSteps)[number]
/** Those, and the first ones of the device flow and of client credentials. */
export type StepId = CodeStep | 'codes' | 'wait' | 'itself'

/** What the person chose to ask for. */
export interface OAuthChoices {
  scopes: readonly string[]
  /** Whom the access token is for. */
  resource: 'api' | 'mpc'
  dpop: boolean
  pushed: boolean
  /** Consent is asked for again, though it was given before. */
  askAgain: boolean
  /** Somebody else may sign in, though somebody is signed in. */
  signInAgain: boolean
}

export const firstChoices: OAuthChoices = {
  scopes: ['openid', 'profile', 'skills:list', 'account:read'],
  resource: 'api',
  dpop: false,
  pushed: false,
  askAgain: false,
  signInAgain: false,
}

/** Whose flow it is. */
export interface FlowClient {
  clientId: string
  environment: Environment
  grants: readonly GrantType[]
}

export type Header = readonly [name: string, value: string]

/** What a message is for: by its endpoint. */
export type MessageKind =
  | 'metadata'
  | 'par'
  | 'authorize'
  | 'callback'
  | 'device'
  | 'token'
  | 'keys'
  | 'api'
  | 'userinfo'
  | 'introspect'
  | 'revoke'

/** A request and its answer, as they went over the wire. */
export interface HttpMessage {
  kind: MessageKind
  method: string
  url: string
  headers: readonly Header[]
  body?: string | undefined
  answer?: { status: number; headers: readonly Header[]; body: string } | undefined
  /** Milliseconds until the answer. */
  took?: number
}

/** Why a step did not work, in words for a person. */
export interface OAuthFailure {
  /** OAuth’s code, or the error’s name. */
  code: string
  what: string
  why: string
  todo: string
  raw: string
  /** A person ended it: nobody refused anything. */
  calm?: boolean
}

export interface StepRun {
  status: 'working' | 'done' | 'failed'
  messages: readonly HttpMessage[]
  failure?: OAuthFailure
  /** What came of it, in one line. */
  outcome?: string
  took?: number
}

/** The flow so far. Never changed, only replaced. */
export interface Flow {
  steps: Readonly<Partial<Record<StepId, StepRun>>>
  /** The step that was begun last. A new object each time: the same step may come again. */
  latest?: { step: StepId }
  /** What was asked for when it began. */
  choices: OAuthChoices
  authorization?: Authorization
  /** Where the popup was to go, when the browser would not open it. */
  blocked?: string
  /** Of a device that waits. */
  codes?: DeviceAuthorization
  code?: { code: string; state: string; iss: string | undefined }
  /** The latest tokens: of the exchange, then of each refresh. */
  tokens?: TokenAnswer
  /** An access token for the authorization server itself. */
  opaque?: TokenAnswer
  /** The thumbprint of the key that the tokens are bound to. */
  thumbprint?: string
  /** A step was asked for before what it needs was there. */
  missing?: { step: StepId; words: string }
}

/** The `prompt` of the request: what the user is asked again. Empty: nothing. */
export function promptOf({ signInAgain, askAgain }: OAuthChoices): string {
  return [signInAgain && 'login', askAgain && 'consent'].filter(Boolean).join(' ')
}

/** Why the server leaves `offline_access` out though it is asked for; undefined where it does not, or is not asked. */
export function whyOfflineLeftOut(choices: OAuthChoices, grants: readonly GrantType[]): string | undefined {
  return choices.scopes.includes('offline_access') ? whyNotOffline(grants, promptOf(choices)) : undefined
}

/** The values that a request carries: those of its query, and of its form. */
export function parametersOf({ url, body, kind }: HttpMessage): [name: string, value: string][] {
  const query = [...new URL(url).searchParams]
  return kind === 'api' || body === undefined ? query : [...query, ...new URLSearchParams(body)]
}

/** A value that one of the step's requests carried. */
export function sent(run: StepRun | undefined, name: string): string | undefined {
  for (const message of run?.messages ?? [])
    for (const [each, value] of parametersOf(message)) if (each === name) return value
  return undefined
}

/** The DPoP proof that a request carried. */
export function proofOf({ headers }: HttpMessage): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'dpop')?.[1]
}
