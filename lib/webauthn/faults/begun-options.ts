import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { dictionary } from '../dictionary.ts'
import type { Fault } from './fault.ts'

/**
 * The options of a registration, for the authenticator. Nothing is excluded: it stands for everybody’s authenticators, also
 * where a server takes all for one user.
 *
 * @throws Error in words, where they are none
 */
export function creation(publicKey: Record<string, unknown>) {
  const options = withoutNull(publicKey)
  const [rp, user] = [dictionary(options.rp), dictionary(options.user)]
  lacks('registration', {
    rp: rp && isTextIfAny(rp.id),
    user: user && typeof user.id === 'string',
    pubKeyCredParams: areDictionaries(options.pubKeyCredParams),
    ...ofBoth(options),
  })
  const read = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const pubKeyCredParams = [...read.pubKeyCredParams].sort((one, other) => rank(one) - rank(other))
  return { ...read, pubKeyCredParams, excludeCredentials: [] }
}

/**
 * The options of a sign-in, for the authenticator.
 *
 * @throws Error in words, where they are none
 */
export function request(publicKey: Record<string, unknown>) {
  const options = withoutNull(publicKey)
  const { rpId, allowCredentials = [] } = options
  lacks('sign-in', { rpId: isTextIfAny(rpId), allowCredentials: areDictionaries(allowCredentials), ...ofBoth(options) })
  return options as unknown as PublicKeyCredentialRequestOptionsJSON
}

function ofBoth({ extensions = {}, authenticatorSelection = {} }: Record<string, unknown>) {
  return { extensions: dictionary(extensions), authenticatorSelection: dictionary(authenticatorSelection) }
}

/** Many servers write what they do not set as null. */
function withoutNull(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null))
}

/** @throws Error that names the members that are not as WebAuthn has them */
function lacks(what: string, members: Readonly<Record<string, unknown>>): void {
  const lacking = Object.keys(members).filter((name) => !members[name])
  if (lacking.length) throw new Error(`The server’s options for a ${what} have no ${lacking.join(', no ')}.`)
}

function isTextIfAny(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function areDictionaries(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => dictionary(each) !== undefined)
}

/** A server may offer what it likes: where the fault is about one algorithm, the authenticator takes that. */
export function narrowed({ options = {} }: Fault, { pubKeyCredParams }: PublicKeyCredentialCreationOptionsJSON) {
  const wanted = options.pubKeyCredParams
  if (!Array.isArray(wanted)) return {}
  const offered = pubKeyCredParams.filter(({ alg }) => wanted.includes(alg))
  return offered.length > 0 ? { pubKeyCredParams: offered } : {}
}

/** ES256, which every Web Crypto has, goes first: what refuses a fault is then the same check in every browser. */
const rank = ({ alg }: { alg: number }) => (alg === -7 ? 0 : mlDsa.includes(alg) ? 2 : 1)

/** COSE numbers of ML-DSA, which not every Web Crypto has. */
const mlDsa = [-48, -49, -50]
