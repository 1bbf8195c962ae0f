import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { dictionary, ownMember } from '#lib/webauthn/dictionary.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Mistake } from '../options/mistake.ts'
import type { Choices } from '../options/option-values.ts'
import { presetOf, presets } from '../options/presets.ts'

/** The options of a ceremony in few words: the preset's name, or what was set for it. */
export function optionsInShort(kind: CeremonyKind, choices: Choices): string {
  const preset = presetOf(choices)
  if (preset) return presets.find(({ value }) => value === preset)?.label ?? preset
  const set = Object.entries(choices[kind]).filter(([, value]) => !(value instanceof Mistake))
  return (
    set.map(([path, value]) => inShort(ownMember(called, path) ?? path.split('.').at(-1) ?? path, value)).join(' · ') ||
    'nothing set'
  )
}

/** Options that have initials, and those whose member's name alone does not say what they are. */
const called: Readonly<Record<string, string>> = {
  userVerification: 'UV',
  'authenticatorSelection.userVerification': 'UV',
  'authenticatorSelection.residentKey': 'RK',
  'rp.id': 'RP ID',
  rpId: 'RP ID',
  'user.id': 'user handle',
}

/** Names that the value says by itself. */
const silent = ['authenticatorAttachment', 'hints', 'attestation', 'attestationFormats', 'mediation']

function inShort(name: string, value: unknown): string {
  if (name === 'pubKeyCredParams' && Array.isArray(value) && value.every((alg) => typeof alg === 'number'))
    return `${value.map(algorithmName).join(', ')} only`
  if (name === 'extensions' && dictionary(value)) return Object.keys(value as object).join(', ')
  if (name === 'timeout' && typeof value === 'number') return `${value / 1_000} s`
  if (value === true || (typeof value === 'object' && !Array.isArray(value))) return name
  const words = Array.isArray(value) ? value.map(wordOf).join(', ') : wordOf(value)
  const said = silent.includes(name) && value !== 'none' && words
  return said ? words : `${name} ${words || 'empty'}`
}

function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
