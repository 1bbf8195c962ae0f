import { type CeremonyKind, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { Mistake } from './options/mistake.ts'
import { readOption } from './options/option-read.ts'
import type { Choices, OptionValues } from './options/option-values.ts'
import { presetOf, presets } from './options/presets.ts'
import { usernameMistake } from './setup/username.ts'
import { type ResultTab, resultTabs, type State } from './state.ts'
import { hasSecret, withoutSecretMembers } from './without-secrets.ts'

/** What of the page stands in its address. */
export type Addressed = Pick<State, 'tab' | 'choices' | 'username'>

/** What an address says of the page, and what of it could not be taken, in words. */
export interface FromAddress {
  tab?: ResultTab
  choices?: Choices
  username?: string
  ignored: string[]
}

/** Members of each ceremony's options, one parameter each: `create.attestation=direct`. */
const prefixes = { registration: 'create.', authentication: 'get.' } as const
const kinds = ['registration', 'authentication'] as const
/** The preset's parameter where no option is set, which is not where the page begins. */
const unset = 'none'

/** What servers and proxies take in one line, with room for the host. */
const longest = 6_000
const longestValue = 2_000
const mostMembers = 64
const memberPath = /^[A-Za-z]\w*(?:\.[A-Za-z][\w-]*){0,3}$/
const longestPath = 64

/**
 * The page's address with its tab, options and username in it, and never a key or a token, also of
 * another's. Other parameters stay.
 *
 * @param href where the page is
 */
export function addressOf(state: Addressed, href: string): string {
  const url = new URL(href)
  for (const [name, value] of [...url.searchParams]) {
    if (isOurs(name) || hasSecret(value)) url.searchParams.delete(name)
  }
  if (state.tab !== 'token') url.searchParams.set('tab', state.tab)
  if (state.username && !usernameMistake(state.username) && !hasSecret(state.username))
    url.searchParams.set('username', state.username)
  const options = optionParameters(state.choices)
  if (fits(options)) for (const [name, value] of options) url.searchParams.append(name, value)
  return url.href
}

/** Why not all that is set stands in the address, as a sentence; undefined where it does. */
export function lackingInAddress({ choices }: Pick<State, 'choices'>): string | undefined {
  if (!fits(optionParameters(choices))) return 'Its options are too long for one: export the run for them.'
  const secret = kinds.some((kind) => Object.entries(choices[kind]).some(([path, value]) => isSecret(path, value)))
  return secret ? 'What a large blob is to hold is left out, too.' : undefined
}

/** Reads what an address says, member by member; what is wrong is left out, and said. */
export function readAddress(search: string): FromAddress {
  const query = new URLSearchParams(search)
  const read: FromAddress = { ignored: [] }
  const tab = query.get('tab')
  if (tab !== null) {
    if (isTab(tab)) read.tab = tab
    else read.ignored.push(`tab is none of ${resultTabs.join(', ')}`)
  }
  const username = query.get('username')
  if (username) {
    const mistake = hasSecret(username) ? 'it looks like a key' : usernameMistake(username)
    if (mistake) read.ignored.push(`username: ${mistake.replace(/\.$/, '')}`)
    else read.username = username
  }
  const choices = readChoices(query, read.ignored)
  if (choices) read.choices = choices
  return { ...read, ignored: [...new Set(read.ignored)] }
}

function isOurs(name: string): boolean {
  return ['tab', 'username', 'preset'].includes(name) || kinds.some((kind) => name.startsWith(prefixes[kind]))
}

function isTab(text: string): text is ResultTab {
  return (resultTabs as readonly string[]).includes(text)
}

function optionParameters(choices: Choices): [name: string, value: string][] {
  const preset = presetOf(choices)
  if (preset) return preset === presets[0].value ? [] : [['preset', preset]]
  const members = kinds.flatMap((kind) =>
    Object.entries(choices[kind]).flatMap(([path, value]): [string, string][] => {
      const text = value instanceof Mistake ? undefined : textOf(value)
      return text === undefined || hasSecret(text) || isSecret(path, value) ? [] : [[prefixes[kind] + path, text]]
    }),
  )
  return members.length ? members : [['preset', unset]]
}

/** What a large blob is to hold is as little for an address as what it holds. */
export function isSecret(path: string, value: unknown): boolean {
  return JSON.stringify(withoutSecretMembers(path, value)) !== JSON.stringify(value)
}

function fits(parameters: readonly [string, string][]): boolean {
  return new URLSearchParams([...parameters]).toString().length <= longest
}

/** Text as it is, all else as JSON; text that reads as JSON is JSON, too. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && jsonOf(value) === undefined ? value : JSON.stringify(value)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readChoices(query: URLSearchParams, ignored: string[]): Choices | undefined {
  const members = [...query].filter(([name]) => kinds.some((kind) => name.startsWith(prefixes[kind])))
  const name = query.get('preset')
  const preset = presets.find(({ value }) => value === name)
  if (name && !preset && name !== unset) ignored.push('preset is none of this page’s')
  if (!members.length) return preset?.choices ?? (name === unset ? { registration: {}, authentication: {} } : undefined)
  if (members.length > mostMembers) ignored.push(`options after the first ${mostMembers}`)
  const values = { registration: {} as OptionValues, authentication: {} as OptionValues }
  for (const [name, text] of members.slice(0, mostMembers)) {
    const kind = name.startsWith(prefixes.registration) ? 'registration' : 'authentication'
    const path = name.slice(prefixes[kind].length)
    const taken = memberOf(kind, path, text)
    if (taken) values[kind] = { ...values[kind], [path]: taken.value }
    else ignored.push(path.length > longestPath ? 'a member with an overlong name' : name)
  }
  return values
}

/** A member's value, where it is one that can be: what the catalogue does not know passes within its size. */
function memberOf(kind: CeremonyKind, path: string, text: string): { value: unknown } | undefined {
  if (path.length > longestPath || text.length > longestValue || !memberPath.test(path) || hasSecret(text)) return
  const json = jsonOf(text)
  const option = optionsOf(kind).find((option) => option.path === path)
  const value = option && takesText(option) && typeof json !== 'string' ? text : (json ?? text)
  const read = option ? readOption(option, value) : value
  const isTwice = Array.isArray(value) && new Set(value).size < value.length
  return read instanceof Mistake || (option && isTwice) ? undefined : { value: read }
}

function takesText({ kind, values }: WebAuthnOption): boolean {
  return ['text', 'bytes'].includes(kind) || (kind === 'choice' && typeof values?.[0]?.value === 'string')
}
