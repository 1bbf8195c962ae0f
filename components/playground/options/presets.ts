import type { Choices } from './option-values.ts'

export type PresetName = 'passkey' | 'security-key' | 'high-assurance' | 'autofill' | 'prf'

interface Preset {
  value: PresetName
  label: string
  title: string
  choices: Choices
}

const residentKey = 'authenticatorSelection.residentKey'
const attachment = 'authenticatorSelection.authenticatorAttachment'
const verification = 'authenticatorSelection.userVerification'
/** Some authenticators give a passkey a PRF only where its registration asks for one. */
const prf = { 'extensions.prf': {} }

/** Starting points for the options; the first is the page's default. */
export const presets: readonly [Preset, ...Preset[]] = [
  {
    value: 'passkey',
    label: 'Passkey',
    title: 'A discoverable passkey on any authenticator',
    choices: { registration: { [residentKey]: 'required', ...prf }, authentication: {} },
  },
  {
    value: 'security-key',
    label: 'Security key',
    title: 'A key in the hand, with the username as the first factor',
    choices: {
      registration: { [attachment]: 'cross-platform', [residentKey]: 'discouraged', hints: ['security-key'] },
      authentication: { hints: ['security-key'] },
    },
  },
  {
    value: 'high-assurance',
    label: 'High assurance',
    title: 'The person is verified each time, and the authenticator states what it is',
    choices: {
      registration: { [residentKey]: 'required', [verification]: 'required', attestation: 'direct', ...prf },
      authentication: { userVerification: 'required' },
    },
  },
  {
    value: 'autofill',
    label: 'Autofill',
    title: 'The username field offers passkeys (conditional mediation)',
    choices: { registration: { [residentKey]: 'required', ...prf }, authentication: { mediation: 'conditional' } },
  },
  {
    value: 'prf',
    label: 'PRF',
    title: 'The passkey makes a secret for encryption in the browser, out of an input and a verified person',
    choices: {
      registration: { [residentKey]: 'required', [verification]: 'required', ...prf },
      authentication: {
        userVerification: 'required',
        // “playground” in base64url.
        'extensions.prf': { eval: { first: 'cGxheWdyb3VuZA' } },
      },
    },
  },
]

/** The preset that these choices are, or undefined when a hand has changed them. */
export function presetOf(choices: Choices): PresetName | undefined {
  return presets.find((preset) => canonical(preset.choices) === canonical(choices))?.value
}

/** The preset that these choices began with, as far as they show it: the nearest, unless they have more of their own. */
export function nearestPreset(choices: Choices): { preset: PresetName | undefined; changed: boolean } {
  const exact = presetOf(choices)
  if (exact) return { preset: exact, changed: false }
  const own = entriesOf(choices)
  const [nearest] = presets
    .map(({ value, choices }) => {
      const theirs = entriesOf(choices)
      const shared = own.filter((entry) => theirs.includes(entry)).length
      return { value, shared, differing: own.length + theirs.length - 2 * shared }
    })
    .sort((a, b) => a.differing - b.differing)
  return { preset: nearest && nearest.shared > 0 ? nearest.value : undefined, changed: true }
}

function entriesOf({ registration, authentication }: Choices): string[] {
  return [registration, authentication].flatMap((values, at) =>
    Object.entries(values).map((entry) => JSON.stringify([at, ...entry])),
  )
}

function canonical({ registration, authentication }: Choices): string {
  // By their names alone: a value may be anything, and be no text either.
  const inOrder = (values: object) => Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([inOrder(registration), inOrder(authentication)])
}
