import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { clock } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { secretPrefix } from './sign.ts'

/** A signing secret: its text, which is shown once, and what is kept of it. */
export function newSecret(endpointId: string) {
  const text = `${secretPrefix}${randomBytes(32).toString('base64')}`
  // The last four characters before the padding.
  const secretHint = `${secretPrefix}…${text.slice(-5, -1)}`
  return { text, kept: { secret: seal(text, secretOf(endpointId)), secretHint } }
}

/** An Ed25519 key pair: the public key as Standard Webhooks writes it, and the private one as it is kept. */
export function newKeyPair(endpointId: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return { publicKey: `whpk_${raw.toString('base64')}`, privateKey: seal(pem, keyOf(endpointId)) }
}

/** What of an endpoint signs. */
export interface KeptSecrets {
  id: string
  secret: string
  previousSecret: string | null
  previousUntil: Date | null
  privateKey: string
}

/** What signs now: the secret, for a day after a rotation the one before, too, and the private key. */
export function signersOf({ id, secret, previousSecret, previousUntil, privateKey }: KeptSecrets): {
  secrets: string[]
  privateKey: KeyObject
} {
  const previous = previousUntil && previousUntil.getTime() > clock.now() ? previousSecret : null
  const sealed = [secret, ...(previous ? [previous] : [])]
  return {
    secrets: sealed.map((one) => unseal(one, secretOf(id))),
    privateKey: createPrivateKey(unseal(privateKey, keyOf(id))),
  }
}

const secretOf = (id: string) => `webhook-secret:${id}`
const keyOf = (id: string) => `webhook-key:${id}`
