import type { HandOffCreate, HandOffTaken } from '#lib/contract/hand-offs.ts'
import { jsonOf, valuesOf } from '../options/json/options-json.ts'
import { type Choices, type OptionValues, soundChoices } from '../options/option-values.ts'
import { usernameMistake } from '../setup/username.ts'
import { isSecret } from '../url-state.ts'
import { hasSecret } from '../without-secrets.ts'

/** What another device begins with: the username where it is one, the options without mistakes, and nothing secret. */
export function handedWith(username: string, choices: Choices): HandOffCreate {
  const { registration, authentication } = soundChoices(choices)
  const named = username && !usernameMistake(username) && !hasSecret(username)
  return {
    ...(named ? { username } : {}),
    options: {
      registration: jsonOf('registration', shown(registration)),
      authentication: jsonOf('authentication', shown(authentication)),
    },
  }
}

/** The options that were handed over, read as a text that somebody wrote: what cannot be is a mistake in its place. */
export function choicesOf(options: NonNullable<HandOffTaken['options']>): Choices {
  const read = (kind: keyof Choices) => valuesOf(kind, JSON.stringify(options[kind] ?? {}), {})
  return { registration: read('registration'), authentication: read('authentication') }
}

function shown(values: OptionValues): OptionValues {
  const open = ([path, value]: [string, unknown]) => !isSecret(path, value) && !hasSecret(JSON.stringify(value))
  return Object.fromEntries(Object.entries(values).filter(open))
}
