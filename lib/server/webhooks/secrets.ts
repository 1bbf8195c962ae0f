import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { seal, unseal } from '../tokens/sealed.ts'
import { type KeptSecret, newSigningSecret, signingSecrets } from './signing-secret.ts'

/** A signing secret: its text, which is shown once, and what is kept of it. */
export function newSecret(endpointId: string) {
  return newSigningSecret(secretOf(endpointId))
}

/** An Ed25519 key pair: the public key as Standard Webhooks writes it, and the private one as it is kept. */
export function newKeyPair(endpointId: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return { publicKey: `whpk_${raw.toString('base64')}`, privateKey: seal(pem, keyOf(endpointId)) }
}

/** What of an endpoint signs. */
export interface KeptSecrets extends KeptSecret {
  id: string
  privateKey: string
}

/** What signs now: the secret, for a day after a rotation the one before, too, and the private key. */
export function signersOf({ id, privateKey, ...kept }: KeptSecrets): { secrets: string[]; privateKey: KeyObject } {
  return {
    secrets: signingSecrets(kept, secretOf(id)),
    privateKey: createPrivateKey(unseal(privateKey, keyOf(id))),
  }
}

const secretOf = (id: string) => `webhook-secret:${id}`
const keyOf = (id: string) => `webhook-key:${id}`
