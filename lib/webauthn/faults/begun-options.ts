import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { Fault } from './fault.ts'

/**
 * The options of a registration, for the authenticator. Nothing is excluded: it stands for everybody’s authenticators, also
 * where a server takes all for one user.
 *
 * @throws Error in words, where they are none
 */
export function creation(publicKey: Record<string, unknown>) {
  const options = publicKey as unknown as PublicKeyCredentialCreationOptionsJSON
  const lacking = (['rp', 'user', 'pubKeyCredParams'] as const).filter((name) => typeof options[name] !== 'object')
  if (lacking.length) throw new Error(`The server’s options for a registration have no ${lacking.join(', no ')}.`)
  const pubKeyCredParams = [...options.pubKeyCredParams].sort((one, other) => rank(one) - rank(other))
  return { ...options, pubKeyCredParams, excludeCredentials: [] }
}

/** The options of a sign-in, for the authenticator. */
export function request(publicKey: Record<string, unknown>) {
  return publicKey as unknown as PublicKeyCredentialRequestOptionsJSON
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
