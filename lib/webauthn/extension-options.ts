import type { WebAuthnOption } from './option.ts'
import { ctap, level3 } from './specifications.ts'

const both = ['registration', 'authentication'] as const
const registration = ['registration'] as const
const authentication = ['authentication'] as const

/** What every extension has in common: it stands under `extensions`, and asks for nothing where it is not set. */
const common = { kind: 'extension', whenUnset: 'not asked for' } as const

/**
 * The extensions that WebAuthn and CTAP define, each with what it takes. Others are sent on as they are.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-extensions
 */
export const extensionOptions = [
  {
    ...common,
    path: 'extensions.credProps',
    ceremonies: registration,
    input: 'flag',
    title: 'Credential properties',
    note: 'The browser tells whether the passkey is discoverable.',
    spec: `${level3}#sctn-authenticator-credential-properties-extension`,
  },
  {
    ...common,
    path: 'extensions.prf',
    ceremonies: both,
    input: 'prf',
    title: 'Pseudo-random function',
    note: 'The passkey makes a secret of what it is given, for encryption in the browser.',
    spec: `${level3}#prf-extension`,
  },
  {
    ...common,
    path: 'extensions.largeBlob',
    ceremonies: both,
    input: 'largeBlob',
    title: 'Large blob',
    note: 'A small file is kept with the passkey.',
    spec: `${level3}#sctn-large-blob-extension`,
  },
  {
    ...common,
    path: 'extensions.credentialProtectionPolicy',
    ceremonies: registration,
    input: 'choice',
    values: [
      { value: 'userVerificationOptional', note: 'level 1: as without it' },
      {
        value: 'userVerificationOptionalWithCredentialIDList',
        note: 'level 2: found only by its ID, or once verified',
      },
      { value: 'userVerificationRequired', note: 'level 3: never without verification' },
    ],
    title: 'Credential protection',
    note: 'The passkey is hidden from whoever has not been verified (credProtect).',
    spec: `${ctap}#sctn-credProtect-extension`,
  },
  {
    ...common,
    path: 'extensions.enforceCredentialProtectionPolicy',
    ceremonies: registration,
    input: 'flag',
    title: 'Enforce credential protection',
    note: 'An authenticator that cannot protect the passkey makes none.',
    spec: `${ctap}#sctn-credProtect-extension`,
  },
  {
    ...common,
    path: 'extensions.credBlob',
    ceremonies: registration,
    input: 'bytes',
    title: 'Credential blob',
    note: 'A few bytes are kept with the passkey: every key that knows it has room for 32.',
    spec: `${ctap}#sctn-credBlob-extension`,
  },
  {
    ...common,
    path: 'extensions.getCredBlob',
    ceremonies: authentication,
    input: 'flag',
    title: 'Credential blob',
    note: 'The bytes that were kept with the passkey come back.',
    spec: `${ctap}#sctn-credBlob-extension`,
  },
  {
    ...common,
    path: 'extensions.minPinLength',
    ceremonies: registration,
    input: 'flag',
    title: 'Minimum PIN length',
    note: 'The authenticator tells how long its PIN must be, to the relying parties that it is set up for.',
    spec: `${ctap}#sctn-minpinlength-extension`,
  },
  {
    ...common,
    path: 'extensions.appid',
    ceremonies: authentication,
    input: 'text',
    title: 'FIDO AppID',
    note: 'Credentials of the older U2F API sign in, by the AppID that they were made for.',
    spec: `${level3}#sctn-appid-extension`,
  },
  {
    ...common,
    path: 'extensions.appidExclude',
    ceremonies: registration,
    input: 'text',
    title: 'FIDO AppID exclusion',
    note: 'No passkey where a U2F credential of that AppID is.',
    spec: `${level3}#sctn-appid-exclude-extension`,
  },
] as const satisfies readonly WebAuthnOption[]
