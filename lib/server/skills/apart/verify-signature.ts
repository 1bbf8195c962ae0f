import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { schnorr } from '@noble/curves/secp256k1.js'
import type { Given, Result } from './job.ts'
import { readBytes } from './read-bytes.ts'

/** Whether a signature is of a message and a key, in words. */
export function verifySignature({
  algorithm,
  messageEncoding,
  ...given
}: Given<'verification'>): Result<'verification'> {
  const publicKey = readBytes(given.publicKey)?.bytes
  const signature = readBytes(given.signature)?.bytes
  const message = messageEncoding === 'utf8' ? new TextEncoder().encode(given.message) : bytesOrNone(given.message)
  if (!publicKey) return { valid: false, words: 'The public key is neither hex nor base64url.' }
  if (!signature) return { valid: false, words: 'The signature is neither hex nor base64url.' }
  if (!message) return { valid: false, words: 'The message is neither hex nor base64url.' }
  const lengths = algorithm === 'ES256' ? [33, 65] : [32]
  if (!lengths.includes(publicKey.length)) {
    const words = `The public key has ${publicKey.length} bytes; of ${algorithm} it has ${lengths.join(' or ')}.`
    return { valid: false, words }
  }
  if (algorithm !== 'ES256' && signature.length !== 64) {
    return { valid: false, words: `The signature has ${signature.length} bytes; of ${algorithm} it has 64.` }
  }
  return verifies(algorithm, { publicKey, message, signature })
    ? { valid: true, words: 'The signature is of this message and this key.' }
    : { valid: false, words: 'The signature is not of this message and this key.' }
}

interface Signed {
  publicKey: Uint8Array
  message: Uint8Array
  signature: Uint8Array
}

function bytesOrNone(text: string): Uint8Array | undefined {
  return text === '' ? new Uint8Array() : readBytes(text)?.bytes
}

function verifies(algorithm: 'Ed25519' | 'BIP340' | 'ES256', { publicKey, message, signature }: Signed): boolean {
  try {
    if (algorithm === 'Ed25519') return ed25519.verify(signature, message, publicKey, { zip215: false })
    if (algorithm === 'BIP340') return schnorr.verify(signature, message, publicKey)
    // A high S is as good as a low one in ES256; JOSE and WebAuthn take both.
    const format = signature.length === 64 ? 'compact' : 'der'
    return p256.verify(signature, message, publicKey, { lowS: false, format })
  } catch {
    return false
  }
}
