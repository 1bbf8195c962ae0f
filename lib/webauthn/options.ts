import { algorithmName, type OfferedAlgorithm, offeredAlgorithms } from './algorithms.ts'
import { extensionOptions } from './extension-options.ts'
import type { CeremonyKind, WebAuthnOption } from './option.ts'
import { level3 } from './specifications.ts'

export type { CeremonyKind, ExtensionInput, WebAuthnOption } from './option.ts'

const both = ['registration', 'authentication'] as const
const registration = ['registration'] as const
const authentication = ['authentication'] as const

const userVerificationValues = [
  { value: 'required', note: 'fail without a PIN, finger or face' },
  { value: 'preferred', note: 'ask if the authenticator can' },
  { value: 'discouraged', note: 'do not ask' },
] as const

/** How much a ceremony insists that the authenticator checks who is there. */
export type UserVerification = (typeof userVerificationValues)[number]['value']

/**
 * Offered when the caller names none: the three that the specification wants for a wide range of authenticators.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialcreationoptions-pubkeycredparams
 */
export const defaultAlgorithms: readonly OfferedAlgorithm[] = [-8, -7, -257]

/**
 * The catalogue of WebAuthn options. The request schema, its TypeScript types and the Playground's form all follow from
 * these entries; a new option is one more entry.
 */
const catalogue = [
  {
    path: 'authenticatorSelection.authenticatorAttachment',
    ceremonies: registration,
    kind: 'choice',
    values: [
      { value: 'platform', note: 'this device: Touch ID, Windows Hello, Android' },
      { value: 'cross-platform', note: 'a security key or another phone' },
    ],
    title: 'Authenticator attachment',
    note: 'Where the passkey may be made.',
    whenUnset: 'either',
    spec: `${level3}#enumdef-authenticatorattachment`,
  },
  {
    path: 'authenticatorSelection.residentKey',
    ceremonies: registration,
    kind: 'choice',
    values: [
      { value: 'required', note: 'a discoverable passkey, or fail' },
      { value: 'preferred', note: 'discoverable where possible' },
      { value: 'discouraged', note: 'the server remembers the credential' },
    ],
    title: 'Resident key',
    note: 'Whether the authenticator keeps the passkey so that sign-in works without a username.',
    whenUnset: 'discouraged',
    spec: `${level3}#enum-residentKeyRequirement`,
  },
  {
    path: 'authenticatorSelection.requireResidentKey',
    ceremonies: registration,
    kind: 'choice',
    values: [
      { value: true, note: 'as residentKey: required' },
      { value: false, note: 'as residentKey: discouraged' },
    ],
    title: 'requireResidentKey (Level 1)',
    note: 'What Level 1 browsers read in the place of residentKey.',
    whenUnset: 'false',
    spec: `${level3}#dom-authenticatorselectioncriteria-requireresidentkey`,
  },
  {
    path: 'authenticatorSelection.userVerification',
    ceremonies: registration,
    kind: 'choice',
    values: userVerificationValues,
    title: 'User verification',
    note: 'Whether the authenticator must check who is there.',
    whenUnset: 'preferred',
    spec: `${level3}#enum-userVerificationRequirement`,
  },
  {
    path: 'userVerification',
    ceremonies: authentication,
    kind: 'choice',
    values: userVerificationValues,
    title: 'User verification',
    note: 'Whether the authenticator must check who is there.',
    whenUnset: 'preferred',
    spec: `${level3}#enum-userVerificationRequirement`,
  },
  {
    path: 'attestation',
    ceremonies: registration,
    kind: 'choice',
    values: [
      { value: 'none', note: 'no statement about the authenticator' },
      { value: 'indirect', note: 'a statement, perhaps anonymized' },
      { value: 'direct', note: 'the authenticator’s own statement' },
      { value: 'enterprise', note: 'one that may identify the device' },
    ],
    title: 'Attestation',
    note: 'Whether the authenticator proves its make and model.',
    whenUnset: 'none',
    spec: `${level3}#enum-attestation-convey`,
  },
  {
    path: 'attestationFormats',
    ceremonies: registration,
    kind: 'list',
    values: [
      { value: 'packed', note: 'security keys' },
      { value: 'tpm', note: 'Windows Hello' },
      { value: 'android-key', note: 'Android' },
      { value: 'apple', note: 'Apple, anonymous' },
      { value: 'fido-u2f', note: 'older security keys' },
      { value: 'none', note: 'no statement' },
    ],
    title: 'Attestation formats',
    note: 'Formats that you would like best, in order.',
    whenUnset: 'the authenticator’s own choice',
    spec: `${level3}#dom-publickeycredentialcreationoptions-attestationformats`,
  },
  {
    path: 'hints',
    ceremonies: both,
    kind: 'list',
    values: [
      { value: 'security-key', note: 'a key in the hand' },
      { value: 'client-device', note: 'this device' },
      { value: 'hybrid', note: 'a phone, by QR code' },
    ],
    title: 'Hints',
    note: 'What the browser’s dialogue should offer first, in order.',
    whenUnset: 'the browser decides',
    spec: `${level3}#enum-hints`,
  },
  {
    path: 'pubKeyCredParams',
    ceremonies: registration,
    kind: 'algorithms',
    values: offeredAlgorithms.map(({ id, note }) => ({ value: id, note })),
    title: 'Algorithms',
    note: 'Signature algorithms that you accept, best first.',
    whenUnset: defaultAlgorithms.map(algorithmName).join(', '),
    spec: `${level3}#dom-publickeycredentialcreationoptions-pubkeycredparams`,
  },
  {
    path: 'timeout',
    ceremonies: both,
    kind: 'milliseconds',
    title: 'Timeout',
    note: 'How long the browser may wait for the person, in milliseconds.',
    whenUnset: 'the browser’s',
    spec: `${level3}#dom-publickeycredentialcreationoptions-timeout`,
  },
  {
    path: 'excludeCredentials',
    ceremonies: registration,
    kind: 'credentials',
    title: 'Exclude credentials',
    note: 'Passkeys whose authenticator must not make another for this user.',
    whenUnset: 'the user’s registered passkeys',
    spec: `${level3}#dom-publickeycredentialcreationoptions-excludecredentials`,
  },
  {
    path: 'allowCredentials',
    ceremonies: authentication,
    kind: 'credentials',
    title: 'Allow credentials',
    note: 'Passkeys that may sign in; without a username they name their user, where they are all one user’s.',
    whenUnset: 'the user’s registered passkeys; none without a username',
    spec: `${level3}#dom-publickeycredentialrequestoptions-allowcredentials`,
  },
  {
    path: 'rp.id',
    ceremonies: registration,
    kind: 'text',
    title: 'RP ID',
    note: 'The domain that the passkey is made for: the page’s host or a registrable suffix of it. The browser refuses any other.',
    whenUnset: 'the server’s own',
    spec: `${level3}#dom-publickeycredentialrpentity-id`,
  },
  {
    path: 'rpId',
    ceremonies: authentication,
    kind: 'text',
    title: 'RP ID',
    note: 'The domain whose passkeys may sign in: the page’s host or a registrable suffix of it. The browser refuses any other.',
    whenUnset: 'the server’s own',
    spec: `${level3}#dom-publickeycredentialrequestoptions-rpid`,
  },
  {
    path: 'user.id',
    ceremonies: registration,
    kind: 'bytes',
    title: 'User handle',
    note: 'What the authenticator keeps of the account and brings back at each sign-in: 1 to 64 bytes, and nothing that names a person.',
    whenUnset: 'the server’s own',
    spec: `${level3}#dom-publickeycredentialuserentity-id`,
  },
  {
    path: 'mediation',
    place: 'call',
    ceremonies: both,
    kind: 'choice',
    values: [
      { value: 'optional', note: 'a dialogue where one is needed' },
      { value: 'required', note: 'always with the person' },
      { value: 'silent', note: 'without the person, or not at all' },
      { value: 'conditional', note: 'no dialogue: offered in a field, or made beside another sign-in' },
    ],
    title: 'Mediation',
    note: 'How the browser may involve the person.',
    whenUnset: 'optional',
    spec: 'https://www.w3.org/TR/credential-management-1/#enumdef-credentialmediationrequirement',
  },
  ...extensionOptions,
] as const satisfies readonly WebAuthnOption[]

export const webAuthnOptions: readonly WebAuthnOption[] = catalogue

const byPath = new Map(webAuthnOptions.map((option) => [option.path, option]))

/** The entry of a path; undefined for a member that the catalogue does not know. */
export function optionAt(path: string): WebAuthnOption | undefined {
  return byPath.get(path)
}

/** An entry of the catalogue as a type: its path and its values are literals. */
export type CatalogueEntry = (typeof catalogue)[number]

/** The options of one ceremony. */
export function optionsOf(ceremony: CeremonyKind): WebAuthnOption[] {
  return webAuthnOptions.filter((option) => option.ceremonies.includes(ceremony))
}

/** The options of one ceremony that a server is asked for: all but those of the call itself. */
export function requestOptionsOf(ceremony: CeremonyKind): WebAuthnOption[] {
  return optionsOf(ceremony).filter(({ place }) => place !== 'call')
}
