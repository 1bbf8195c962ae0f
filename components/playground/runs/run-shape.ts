import type { Help } from '../failure/help.ts'
import { dictionary, flag, is, listOf, membersOf, number, oneOf, optional, orNull, type Shape, text } from './shape.ts'

/**
 * What a ceremony from elsewhere must be like, so that every view can show it. What stands in its messages is anybody’s,
 * and is read as such; only how deep it is counts.
 */
export const runShape: Shape = (value, at) => {
  const mistake = frame(value, at)
  if (mistake) return mistake
  if (isDeep(value, deepest)) return `${at} has something more than ${deepest} levels deep`
  return isUnspeakable(value) ? `${at} has a member called toString` : undefined
}

const deepest = 64
const kinds = ['registration', 'authentication']
const lane = oneOf('authenticator', 'browser', 'server')
const link = is('a link', (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value))
/** In milliseconds. The largest that there is are 8.64e15: with any duration added it is still one. */
const moment = is('a moment', (value) => Number.isFinite(value) && Math.abs(Number(value)) <= 8e15)
const duration = is('a duration', (value) => Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 1e12)

const checks = listOf(
  membersOf({
    ...{ id: text, title: text, spec: link, step: optional(text) },
    ...{ outcome: oneOf('pass', 'fail', 'skipped'), expected: text, actual: text },
  }),
)

const message = membersOf({
  id: oneOf('begin', 'options', 'request', 'credential', 'finish', 'answer'),
  ...{ from: lane, to: lane, label: text, mediation: optional(text) },
  ...{ at: duration, duration: optional(duration), bytes: optional(duration) },
})

const passkey = membersOf({
  ...{ id: text, algorithm: number, provider: orNull(text), deviceType: oneOf('singleDevice', 'multiDevice') },
  ...{ aaguid: optional(text), backedUp: optional(flag), transports: optional(listOf(text)) },
})
const user = membersOf({ username: text })

const registered = membersOf({
  user,
  passkey: (value, at) =>
    passkey(value, at) ??
    membersOf({
      attestation: membersOf({
        ...{ format: text, trusted: flag, source: orNull(text), root: orNull(text) },
        ...{ status: listOf(text), description: orNull(text) },
      }),
    })(value, at),
  checks: optional(checks),
})
const authenticated = membersOf({
  user,
  passkey,
  checks: optional(checks),
  tenant: optional(membersOf({ id: text, name: text })),
  token: oneOf(''),
  expiresIn: number,
})

const nothing: Shape = () => undefined
const ofOption = membersOf({ ceremony: oneOf(...kinds), path: text })
const plain = is('a text, a number or a flag', (value) => ['string', 'number', 'boolean'].includes(typeof value))

/** What each help has besides its name. */
const helps: Readonly<Record<Help['do'], Shape>> = {
  register: nothing,
  authenticate: nothing,
  'sign-in': nothing,
  again: nothing,
  'fresh-username': nothing,
  'demo-key': nothing,
  'tell-provider': nothing,
  'show-browser': nothing,
  software: nothing,
  'set-option': (value, at) => ofOption(value, at) ?? membersOf({ value: optional(plain) })(value, at),
  'show-option': ofOption,
  open: membersOf({ url: link }),
}

const help: Shape = (value, at) =>
  membersOf({ do: oneOf(...Object.keys(helps)) })(value, at) ?? helps[(value as Help).do](value, at)

const failure = membersOf({
  ...{ code: text, what: text, why: text, todo: text, raw: text },
  ...{ brief: optional(text), calm: optional(flag), retryAt: optional(moment) },
  causes: optional(listOf(membersOf({ why: text, help: optional(help) }))),
  help: optional(listOf(help)),
  problem: optional(
    membersOf({
      ...{ checks: optional(checks), requestId: optional(text), status: optional(number) },
      issues: optional(listOf(membersOf({ path: text, message: text }))),
    }),
  ),
})

const bugs = listOf(membersOf({ id: text, what: text, expected: text, actual: text, spec: link }))

const run: Shape = (value, at) => {
  const mistake = membersOf({
    ...{ kind: oneOf(...kinds), status: oneOf('success', 'error'), startedAt: moment, took: duration },
    ...{ messages: listOf(message), bugs: optional(bugs), software: optional(text) },
    ...{ registered: optional(registered), authenticated: optional(authenticated), failure: optional(failure) },
  })(value, at)
  if (mistake) return mistake
  const { kind, status, messages, ...rest } = value as Record<string, unknown> & { messages: { id: string }[] }
  const ids = messages.map(({ id }) => id)
  if (new Set(ids).size < ids.length) return `${at}.messages has a message twice`
  const outcomes = ['registered', 'authenticated', 'failure'].filter((name) => rest[name] !== undefined)
  const expected = status === 'error' ? 'failure' : kind === 'registration' ? 'registered' : 'authenticated'
  return outcomes.join() === expected ? undefined : `${at} has not ${expected} alone for what came of it`
}

const frame = membersOf({
  number: is('a number from 1', (value) => Number.isSafeInteger(value) && Number(value) >= 1),
  run,
  of: membersOf({ tenantName: optional(text), username: optional(text) }),
  choices: membersOf({ registration: dictionary, authentication: dictionary }),
})

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((inner) => isDeep(inner, left - 1))
}

/** Whether something in it is no word even for those who write anything down: JavaScript looks for a function there. */
function isUnspeakable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, 'toString') || Object.values(value).some(isUnspeakable)
}
