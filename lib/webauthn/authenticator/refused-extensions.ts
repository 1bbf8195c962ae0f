import { fromBase64url } from '../decode/bytes.ts'

type Inputs = Readonly<Record<string, unknown>>

/**
 * Refuses a registration whose extensions browsers refuse, before any authenticator is asked.
 *
 * @throws DOMException NotSupportedError: inputs that are for sign-ins
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 * @see https://www.w3.org/TR/webauthn-3/#sctn-large-blob-extension
 */
export function refuseRegistrationExtensions({ extensions }: { extensions?: object | undefined }): void {
  const { appid, prf, largeBlob } = (extensions ?? {}) as Inputs
  if (appid !== undefined) notSupported('appid is for sign-ins')
  if (membersOf(prf).evalByCredential !== undefined) notSupported('prf.evalByCredential is for sign-ins')
  const { read, write } = membersOf(largeBlob)
  if (read !== undefined || write !== undefined) notSupported('largeBlob.read and largeBlob.write are for sign-ins')
}

/**
 * Refuses a sign-in whose extensions browsers refuse. Where the username field offers passkeys, `allowCredentials` only says
 * which: none of it is the one that a blob is written to.
 *
 * @throws DOMException NotSupportedError: inputs that are for registrations, that exclude each other, or that need other
 *   allowed credentials; SyntaxError: inputs by a credential that is no credential's ID, or is not allowed
 */
export function refuseAssertionExtensions(
  {
    extensions,
    allowCredentials = [],
  }: { extensions?: object | undefined; allowCredentials?: readonly { id: string }[] | undefined },
  mediation?: string,
): void {
  const { prf, largeBlob } = (extensions ?? {}) as Inputs
  const named = Object.keys(membersOf(membersOf(prf).evalByCredential))
  if (named.length > 0 && allowCredentials.length === 0)
    notSupported('prf.evalByCredential needs the credentials in allowCredentials')
  const stray = named.find((id) => !fromBase64url(id)?.length || !allowCredentials.some((allowed) => allowed.id === id))
  if (stray !== undefined)
    throw new DOMException(`prf.evalByCredential has “${stray}”, which is no ID in allowCredentials`, 'SyntaxError')
  const { support, read, write } = membersOf(largeBlob)
  if (support !== undefined) notSupported('largeBlob.support is for registrations')
  if (read !== undefined && write !== undefined) notSupported('largeBlob reads or writes, not both')
  if (write !== undefined && (allowCredentials.length !== 1 || mediation === 'conditional'))
    notSupported('largeBlob.write needs exactly one credential in allowCredentials')
}

function notSupported(why: string): never {
  throw new DOMException(why, 'NotSupportedError')
}

function membersOf(value: unknown): Inputs {
  return typeof value === 'object' && value !== null ? (value as Inputs) : {}
}
