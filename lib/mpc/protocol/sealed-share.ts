import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { canonical } from './ceremony.ts'
import type { SealedShare } from './messages.ts'
import type { PartyName } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'

/** RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const hpke = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const info = new TextEncoder().encode('mpc.v1 round 2')

interface Way {
  transcript: Uint8Array
  from: PartyName
  to: PartyName
}

const boundTo = ({ transcript, from, to }: Way) => canonical([transcript, from, to])

/** A key pair that serves for one ceremony. */
export async function newEncryptionKey(): Promise<{ pair: CryptoKeyPair; publicKey: Uint8Array }> {
  const pair = await hpke.kem.generateKeyPair()
  return { pair, publicKey: new Uint8Array(await hpke.kem.serializePublicKey(pair.publicKey)) }
}

/** The private half of a key pair, for one that has to outlive its process. */
export async function storedEncryptionKey({ privateKey }: CryptoKeyPair): Promise<Uint8Array> {
  return new Uint8Array(await hpke.kem.serializePrivateKey(privateKey))
}

/** A key pair again, from both of its halves. */
export async function restoredEncryptionKey(privateKey: Uint8Array, publicKey: Uint8Array): Promise<CryptoKeyPair> {
  return {
    privateKey: await hpke.kem.deserializePrivateKey(privateKey),
    publicKey: await hpke.kem.deserializePublicKey(publicKey),
  }
}

/**
 * Encrypts a share to the key that its receiver gave in the first round, bound to that round's transcript and to both names.
 *
 * @throws ProtocolError commitment_invalid where that is no key
 */
export async function seal(share: Uint8Array, encryptionKey: Uint8Array, way: Way): Promise<SealedShare> {
  try {
    const recipientPublicKey = await hpke.kem.deserializePublicKey(encryptionKey)
    const context = await hpke.createSenderContext({ recipientPublicKey, info })
    const ciphertext = new Uint8Array(await context.seal(share, boundTo(way)))
    return { from: way.from, to: way.to, encapsulatedKey: new Uint8Array(context.enc), ciphertext }
  } catch (cause) {
    throw new ProtocolError('commitment_invalid', 'The encryption key cannot be used.', { party: way.to, cause })
  }
}

/** @throws ProtocolError share_invalid, with the sender's name */
export async function open(sealed: SealedShare, pair: CryptoKeyPair, way: Way): Promise<Uint8Array> {
  try {
    const enc = sealed.encapsulatedKey
    const context = await hpke.createRecipientContext({ recipientKey: pair, enc, info })
    return new Uint8Array(await context.open(sealed.ciphertext, boundTo(way)))
  } catch (cause) {
    const detail = `The share of ${way.from} for ${way.to} does not open.`
    throw new ProtocolError('share_invalid', detail, { party: way.from, cause })
  }
}
